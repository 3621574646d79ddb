// `weir merge AGENT --resolve`: begins or goes on with a conflict that the person resolves, and lands it.
import type { Connection } from '../client/connection.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { ByHandJson } from '../protocol/by-hand.ts';
import type { ClientRequest } from '../protocol/client.ts';
import { resolveByHand } from './by-hand.ts';
import type { MergedOne } from './landed-words.ts';
import { tell } from './print.ts';
import { withProgress } from './progress.ts';
import { environmentOf } from './reach.ts';
import type { Call } from './verb.ts';

export interface ByHandOrder {
	readonly agent: string;
	/** What of its work is to land, asked where the conflict is not being resolved yet. */
	readonly include: () => Promise<Outcome<'committed' | 'all'>>;
	readonly said: Pick<ClientRequest<'merge'>, 'strategy' | 'message' | 'after'>;
}

/** How often the base may move on into another conflict. */
const rounds = 5;

/** What landed, and of which worktree; null where there is no conflict. */
export async function mergeByHand(
	connection: Connection,
	call: Call,
	{ agent, include, said }: ByHandOrder,
): Promise<Outcome<{ readonly agent: string; readonly merged: MergedOne } | null>> {
	const begun = await begin(connection, call, agent, include);
	if (!begun.ok || begun.value === null) return begun as Outcome<null>;
	let now = begun.value;
	if (now.setup !== null)
		tell(`no set-up runs there; if you need it: weir shell ${now.agent} -- ${now.setup}`);
	for (let round = 1; ; round += 1) {
		tell(`the conflict of ${now.author} is in ${now.worktree}`);
		const resolved = await resolveByHand(connection, call, now);
		if (!resolved.ok) return resolved;
		const { agent: hand } = resolved.value;
		const merged = await land(connection, call, hand, said);
		if (!merged.ok) return merged;
		if (merged.value.phase !== 'conflicted')
			return ok({
				agent: hand,
				merged: { ...merged.value, handedOff: null, resolvedBy: null },
			});
		if (round === rounds)
			return refuse(
				'base.moving',
				`the base of ${now.author} moves faster than its conflicts are resolved`,
				`weir merge ${now.author} --resolve`,
			);
		tell('the base has moved meanwhile, and conflicts again');
		const brought = await connection.request(
			'hand-off',
			{ agent: hand, into: call.text('into'), wait: true },
			{ timeoutMs: null },
		);
		if (!brought.ok) return brought;
		const looked = await look(connection, hand);
		if (!looked.ok) return looked;
		now = looked.value ?? now;
	}
}

async function begin(
	connection: Connection,
	call: Call,
	agent: string,
	include: ByHandOrder['include'],
): Promise<Outcome<ByHandJson | null>> {
	const there = await look(connection, agent);
	if (!there.ok || there.value !== null) return there;
	const what = await include();
	if (!what.ok) return what;
	const started = await withProgress(
		connection,
		`the conflict of ${agent}`,
		connection.request(
			'resolve',
			{
				...{ agent, by: 'hand', include: what.value, into: call.text('into') },
				...{ wait: true, kind: null, argv: null, env: environmentOf(call) },
				...{ columns: 100, rows: 30 },
			},
			{ timeoutMs: null },
		),
	);
	if (!started.ok) return started.refusal.code === 'merge.clean' ? ok(null) : started;
	return look(connection, started.value.agent.name);
}

async function look(
	connection: Connection,
	agent: string,
): Promise<Outcome<ByHandJson | null>> {
	const looked = await connection.request('conflict', { agent }, { timeoutMs: null });
	return looked.ok ? ok(looked.value.byHand) : looked;
}

/** The worktree is there for this alone: it goes once its work has landed. */
function land(
	connection: Connection,
	call: Call,
	agent: string,
	said: ByHandOrder['said'],
) {
	return withProgress(
		connection,
		`merge ${agent}`,
		connection.request(
			'merge',
			{
				...{ agent, into: call.text('into'), ...said, include: 'committed' },
				after: said.after ?? 'remove',
				override: call.text('override'),
				accept: [...call.texts('accept')],
				wait: !call.on('no-wait'),
			},
			{ timeoutMs: null },
		),
	);
}
