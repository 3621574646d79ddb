// A branch where landings go on the pure core: how it moves, and what gates say of it.
import { alarmsIn } from '../../src/domain/alarm/alarms.ts';
import type { BaseVerdict } from '../../src/domain/alarm/base-gates.ts';
import type { VerdictWord } from '../../src/domain/gates/verdict.ts';
import type { LandingId } from '../../src/domain/ids.ts';
import { inboxOf } from '../../src/domain/inbox.ts';
import { type Core, landed, mergeOf } from './domain.ts';

export const ref = 'refs/heads/main';

/** The agent's work brings main to a commit. */
export function lands(core: Core, name: string, commit: string): LandingId {
	core.submit(mergeOf(core, name));
	const { landing } = core.pending('merge').data;
	const old = core.state.bases.main ?? 'c0ffee';
	const subject = `${name}: work`;
	const value = { ...landed.value, old, new: commit, subject };
	core.settle('merge', { ok: true, value });
	return landing;
}

/** Somebody else brings main to a commit. */
export function othersMove(core: Core, commit: string): void {
	const old = core.state.bases.main ?? 'c0ffee';
	core.submit({ kind: 'base.observe', ref, old, new: commit });
}

/** The newest landing is taken back: main is where it was. */
export function takesBack(core: Core, landing: LandingId): void {
	const { old, new: now } = core.state.landings[landing] ?? {};
	core.submit({ kind: 'undo', landing, revert: false });
	const value = { how: 'moved-back', old: now ?? '', new: old ?? '' } as const;
	core.settle('undo', { ok: true, value });
}

export function asksBase(core: Core, more: { by?: string; anew?: boolean } = {}): void {
	const commit = core.state.bases.main ?? '';
	const { by = 'set', anew = false } = more;
	core.submit({ kind: 'base-gates.run', branch: 'main', commit, by, anew });
}

/** Gates say this of main as it is now; `before`: what they said of it as it was. */
export function basesSay(
	core: Core,
	words: Readonly<Record<string, VerdictWord>>,
	before: VerdictWord | null = null,
	definition = 'npm test',
): void {
	const { data } = core.pending('base-gates');
	const gates = Object.entries(words).map(([gate, word]): BaseVerdict => {
		const known = core.state.baseGates.main?.gates[gate]?.known != null;
		const asked = !known && before !== null && data.before !== null;
		return {
			...{ gate, definition, fault: null },
			verdict: {
				...{ key: `k-${gate}`, tree: `t-${data.commit}`, word, exit: 1, signal: null },
				...{ why: null, failures: 1, first: 'it broke', flaky: false, took: 9 },
				at: new Date(core.now).toISOString(),
			},
			failure:
				word === 'failed'
					? { name: 'adds', file: 'src/a.ts', line: 3, message: 'expected 2' }
					: null,
			before: asked ? { commit: data.before ?? '', word: before } : null,
		};
	});
	const value = { tree: `t-${data.commit}`, gates, others: [] };
	core.settle('base-gates', { ok: true, value });
}

export function alarmItems(core: Core) {
	const now = new Date(core.now).toISOString();
	return inboxOf(core.state, now).filter(({ kind }) => kind === 'alarm');
}

export function onlyAlarm(core: Core) {
	const [alarm, ...more] = alarmsIn(core.state);
	if (!alarm || more.length > 0) throw new Error(`${more.length + 1} alarms`);
	return alarm;
}
