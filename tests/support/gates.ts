// Gates at work on the pure core: what stands on disks, what runs, what was said.
import type { Gates } from '../../src/domain/gates/gate.ts';
import { gateOf } from '../../src/domain/gates/gate.ts';
import type { Comparison, Verdict } from '../../src/domain/gates/verdict.ts';
import { defaultSettings } from '../../src/domain/settings.ts';
import type { GateReportJson } from '../../src/protocol/gates.ts';
import { gateJson } from '../../src/protocol/gates.ts';
import type { CellReport } from '../../src/tui/gates/gates-view.ts';
import type { Core } from './domain.ts';

export function loadGates(core: Core, names: readonly string[], trusted = true): void {
	const gates: Gates = Object.fromEntries(names.map((name) => [name, gateOf(name)]));
	const settings = { ...defaultSettings, gates };
	core.submit({ kind: 'settings.load', hash: null, trusted, settings });
}

/** Something else stands on its disk now: its gates are asked. */
export function treeSettles(core: Core, agent: string, tree: string): void {
	core.submit({ kind: 'tree.settle', agent: core.id(agent), tree });
}

export function gateSays(
	core: Core,
	agent: string,
	gate: string,
	said: Partial<Verdict> & Pick<Verdict, 'word'>,
): void {
	const pending = Object.values(core.state.effects).find(
		(effect) =>
			effect.kind === 'gate' &&
			effect.data.gate === gate &&
			effect.data.agent === core.id(agent),
	);
	if (pending?.kind !== 'gate') throw new Error(`${gate} was not asked about ${agent}`);
	const value: Verdict = {
		...{ key: 'k', tree: pending.data.tree, exit: said.word === 'passed' ? 0 : 1 },
		...{ signal: null, why: null, failures: null, first: null, flaky: false },
		...{ took: 2100, at: new Date(core.now).toISOString() },
		...said,
	};
	core.submit({
		...{ kind: 'effect.settle', effectKind: 'gate', effect: pending.id },
		outcome: { ok: true, value },
	});
}

/** How what is red stands beside the merge base. */
export function baseSays(core: Core, fresh: number, known: number): void {
	const value: Comparison = { base: 'b', fresh, known, word: 'failed' };
	core.settle('compare', { ok: true, value });
}

/** As the supervisor tells it of the agent's gate. */
export function reportOf(
	core: Core,
	agent: string,
	gate: string,
	more: Partial<GateReportJson> = {},
): CellReport {
	const told: GateReportJson = {
		...{ agent, gate: gateJson(core.agent(agent), gate, null), command: 'npm test' },
		...{ format: null, counts: null, failures: [], dropped: 0 },
		...{ output: '', truncated: false, leftOut: 0 },
		...more,
	};
	const lines = told.output === '' ? [] : told.output.split('\n');
	return { agent: core.id(agent), gate, told: { ok: true, value: told }, lines };
}

export function failureAt(
	file: string | null,
	line: number | null,
	message: string,
	known: boolean | null = false,
): GateReportJson['failures'][number] {
	return { kind: 'problem', file, line, column: 1, name: 'TS2345', message, known };
}
