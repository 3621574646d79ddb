// Lands agents on their base.
import type { Connection } from '../../client/connection.ts';
import { resolvedWords } from '../../domain/resolving.ts';
import type { AfterLanding, MergeStrategy } from '../../domain/settings.ts';
import { refuseUncommitted } from '../../domain/uncommitted.ts';
import { Lane } from '../../lib/lane.ts';
import { type Outcome, ok, type Refusal } from '../../lib/outcome.ts';
import { visibleText } from '../../lib/plain-text.ts';
import type { ClientRequest } from '../../protocol/client.ts';
import type { MergePreview } from '../../protocol/merge-preview.ts';
import { usage } from '../arguments.ts';
import { readInput } from '../input.ts';
import { type Given, type MergedOne, tellLanding } from '../landed-words.ts';
import { mergeByHand } from '../merge-by-hand.ts';
import { print, printJson, printLine, printRefusal } from '../print.ts';
import { aboveProgress, withProgress } from '../progress.ts';
import { environmentOf, reach } from '../reach.ts';
import { type Call, codeOf, done, type Ending, exitCodes, type Run } from '../verb.ts';

type Merged = MergedOne & { readonly agent: string };
type RefusedAgent = Refusal & { readonly agent: string };

export const run: Run = async (call) => {
	const [name] = call.words;
	const strategy = call.text('strategy');
	if (strategy !== null && !isStrategy(strategy)) {
		return usage('merge', `--strategy is squash, merge or rebase, not ${strategy}`);
	}
	const after = call.text('after');
	if (after !== null && !isAfter(after)) {
		return usage('merge', `--after is keep, reset or remove, not ${after}`);
	}
	if ((name === undefined) !== call.on('all')) {
		return usage('merge', 'name one agent, or say --all');
	}
	const wrong = wrongWays(call);
	if (wrong !== null) return usage('merge', wrong);
	const said = call.text('message');
	const message = said === '-' ? await readInput() : said;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	if (name !== undefined && call.on('resolve')) {
		const include = async () => (await wishOf(connection, call, name)).include;
		const order = { agent: name, include, said: { strategy, message, after } };
		const resolved = await mergeByHand(connection, call, order);
		if (!resolved.ok) return resolved;
		if (resolved.value !== null) {
			const { agent, merged } = resolved.value;
			if (!call.json) tellLanding(call, agent, merged);
			return endOf(call, [{ agent, merged: ok(merged) }]);
		}
	}
	const wishes =
		name === undefined
			? await wishesOfAll(connection, call)
			: ok([await wishOf(connection, call, name)]);
	if (!wishes.ok) return wishes;
	const ended = await landTogether(connection, call, wishes.value, {
		...{ strategy, message, after },
	});
	const [only] = ended;
	if (name !== undefined && only && !only.merged.ok) return only.merged;
	return endOf(call, ended);
};

function endOf(call: Call, ended: readonly Ended[]): Outcome<Ending> {
	const landings: Merged[] = [];
	const refusals: RefusedAgent[] = [];
	for (const { agent, merged } of ended)
		if (merged.ok) landings.push({ agent, ...merged.value });
		else refusals.push({ agent, ...merged.refusal });
	if (call.json) printJson({ v: 1, landings, refusals });
	else if (ended.length === 0) print('no agent has anything to land');
	const [first] = refusals;
	if (first) return ok({ code: codeOf(first) });
	return landings.some(isNobodys) ? ok({ code: exitCodes.refused }) : done;
}

function isNobodys({ phase, handedOff, resolvedBy }: Merged): boolean {
	return phase === 'conflicted' && !handedOff && !resolvedBy;
}

/** What may become of a conflict. */
const ways = ['hand-off', 'integrate', 'resolve'] as const;

function wrongWays(call: Call): string | null {
	const [first, second] = ways.filter((way) => call.on(way));
	if (second) return `--${first} and --${second} are two ways for one conflict`;
	if (first && first !== 'hand-off' && call.on('all'))
		return `--${first} is for the conflict of one agent`;
	if (first !== 'integrate' && (call.on('agent') || call.rest))
		return '--agent and -- COMMAND say what --integrate starts';
	return first !== 'resolve' && call.on('take')
		? '--take decides a conflict that is resolved by hand: --resolve'
		: null;
}

type Ended = { readonly agent: string; readonly merged: Outcome<MergedOne> };

/** Asked for at once, so that they are tried together; told as each comes to its end. */
async function landTogether(
	connection: Connection,
	call: Call,
	wishes: readonly Wish[],
	said: Said,
): Promise<readonly Ended[]> {
	const tell = ({ agent, merged }: Ended) => {
		if (call.json) return;
		if (merged.ok) aboveProgress(() => tellLanding(call, agent, merged.value));
		else if (call.on('all')) aboveProgress(() => printRefusal(merged.refusal, null));
	};
	const label = call.on('all') ? `merge ${wishes.length} agents` : 'merge';
	const [only] = wishes;
	return withProgress(
		connection,
		only && wishes.length === 1 ? `merge ${only.agent}` : label,
		Promise.all(
			wishes.map(async (wish) => {
				const merged = await mergeOne(connection, call, wish, said);
				const ended = { agent: wish.agent, merged };
				tell(ended);
				return ended;
			}),
		),
	);
}

type Said = Pick<ClientRequest<'merge'>, 'strategy' | 'message' | 'after'>;

async function mergeOne(
	connection: Connection,
	call: Call,
	{ agent, include }: Wish,
	said: Said,
): Promise<Outcome<MergedOne>> {
	if (!include.ok) return include;
	const into = call.text('into');
	const merged = await connection.request(
		'merge',
		{
			...{ agent, into, ...said, include: include.value },
			override: call.text('override'),
			accept: [...call.texts('accept')],
			wait: !call.on('no-wait'),
		},
		{ timeoutMs: null },
	);
	if (!merged.ok) return merged;
	const landing = { ...merged.value, handedOff: null, resolvedBy: null };
	if (landing.phase !== 'conflicted') return ok(landing);
	if (call.on('integrate')) {
		const given = await integrate(connection, call, { agent, include: include.value });
		return given.ok ? ok({ ...landing, resolvedBy: given.value }) : given;
	}
	if (!call.on('hand-off')) return ok(landing);
	const handed = await connection.request(
		'hand-off',
		{ agent, into, wait: true },
		{ timeoutMs: null },
	);
	return handed.ok ? ok({ ...landing, handedOff: handed.value }) : handed;
}

async function integrate(
	connection: Connection,
	call: Call,
	{ agent, include }: { readonly agent: string; readonly include: 'committed' | 'all' },
): Promise<Outcome<Given>> {
	const started = await connection.request(
		'resolve',
		{
			...{ agent, include, by: 'agent', into: call.text('into'), wait: true },
			kind: call.text('agent'),
			argv: call.rest && call.rest.length > 0 ? [...call.rest] : null,
			env: environmentOf(call),
			...{ columns: 100, rows: 30 },
		},
		{ timeoutMs: null },
	);
	if (!started.ok) return started;
	const { agent: by, files, told } = started.value;
	return ok({ agent: by.name, by: 'agent', files, told });
}

interface Wish {
	readonly agent: string;
	/** Refused where its agent cannot land as it stands. */
	readonly include: Outcome<'committed' | 'all'>;
}

async function wishOf(connection: Connection, call: Call, agent: string): Promise<Wish> {
	const preview = await previewOf(connection, agent, call.text('into'));
	return { agent, include: preview.ok ? whatToInclude(call, preview.value) : preview };
}

function previewOf(connection: Connection, agent: string, into: string | null) {
	return connection.request('merge.preview', { agent, into }, { timeoutMs: null });
}

/** How many are looked at at a time. */
const looking = 4;

/** Of those that have something to land, in the order of the queue; who is held is left out, and told. */
async function wishesOfAll(
	connection: Connection,
	call: Call,
): Promise<Outcome<readonly Wish[]>> {
	const status = await connection.request('status', {});
	if (!status.ok) return status;
	const { agents, queue } = status.value;
	const waiting = new Map(queue.map((entry) => [entry.agent, entry]));
	const placeOf = (name: string) => waiting.get(name)?.position ?? queue.length + 1;
	const lane = new Lane(looking);
	const there = agents
		.filter(({ life }) => life !== 'preparing' && life !== 'failed')
		.toSorted((one, other) => placeOf(one.name) - placeOf(other.name));
	const wishes = await Promise.all(
		there.map(({ name, resolvedBy }) =>
			lane.run(async (): Promise<Wish[]> => {
				const preview = await previewOf(connection, name, call.text('into'));
				if (!preview.ok) return [];
				const { commits, uncommitted, alreadyLanded } = preview.value;
				if (alreadyLanded || commits.length + uncommitted.length === 0) return [];
				if (resolvedBy) {
					if (!call.json) printLine(`${name} waits: ${resolvedWords(resolvedBy)}`);
					return [];
				}
				const held = waiting.get(name)?.held;
				if (!held) return [{ agent: name, include: whatToInclude(call, preview.value) }];
				const why = held.why === null ? '' : `: ${visibleText(held.why)}`;
				if (!call.json)
					printLine(
						`${name} is held back${why}; weir queue release ${name} lets it land`,
					);
				return [];
			}),
		),
	);
	return ok(wishes.flat());
}

/** Uncommitted files are neither taken along nor left behind without a word. */
function whatToInclude(
	call: Call,
	{ name, uncommitted }: MergePreview,
): Outcome<'committed' | 'all'> {
	if (call.on('with-uncommitted')) return ok('all');
	if (call.on('committed') || uncommitted.length === 0) return ok('committed');
	return { ok: false, refusal: refuseUncommitted('merge', name, uncommitted) };
}

function isAfter(word: string): word is AfterLanding {
	return word === 'keep' || word === 'reset' || word === 'remove';
}

function isStrategy(word: string): word is MergeStrategy {
	return word === 'squash' || word === 'merge' || word === 'rebase';
}
