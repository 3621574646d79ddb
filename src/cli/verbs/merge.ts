// Lands agents on their base.
import type { Connection } from '../../client/connection.ts';
import { afterSaid } from '../../domain/after-words.ts';
import { keptBackSaid } from '../../domain/kept-back.ts';
import { Lane } from '../../lib/lane.ts';
import { type Outcome, ok, type Refusal, refuse } from '../../lib/outcome.ts';
import { visibleText } from '../../lib/plain-text.ts';
import type { ClientRequest, ClientResponses } from '../../protocol/client.ts';
import type { MergePreview } from '../../protocol/merge-preview.ts';
import { usage } from '../arguments.ts';
import { readInput } from '../input.ts';
import { print, printJson, printLine, printRefusal } from '../print.ts';
import { aboveProgress, withProgress } from '../progress.ts';
import { reach } from '../reach.ts';
import { type Call, codeOf, done, exitCodes, type Run } from '../verb.ts';

type HandedOff = ClientResponses['hand-off'];
type MergedOne = ClientResponses['merge'] & { readonly handedOff: HandedOff | null };
type Merged = MergedOne & { readonly agent: string };
type RefusedAgent = Refusal & { readonly agent: string };

export const run: Run = async (call) => {
	const [name] = call.words;
	const strategy = call.text('strategy');
	if (strategy !== null && strategy !== 'squash' && strategy !== 'merge') {
		return usage('merge', `--strategy is squash or merge, not ${strategy}`);
	}
	const after = call.text('after');
	if (after !== null && after !== 'keep' && after !== 'reset' && after !== 'remove') {
		return usage('merge', `--after is keep, reset or remove, not ${after}`);
	}
	if ((name === undefined) !== call.on('all')) {
		return usage('merge', 'name one agent, or say --all');
	}
	const said = call.text('message');
	const message = said === '-' ? await readInput() : said;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
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
	const landings: Merged[] = [];
	const refusals: RefusedAgent[] = [];
	for (const { agent, merged } of ended)
		if (merged.ok) landings.push({ agent, ...merged.value });
		else refusals.push({ agent, ...merged.refusal });
	if (call.json) printJson({ v: 1, landings, refusals });
	else if (ended.length === 0) print('no agent has anything to land');
	const [first] = refusals;
	if (first) return ok({ code: codeOf(first) });
	return landings.some(({ phase, handedOff }) => phase === 'conflicted' && !handedOff)
		? ok({ code: exitCodes.refused })
		: done;
};

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
	if (merged.value.phase !== 'conflicted' || !call.on('hand-off'))
		return ok({ ...merged.value, handedOff: null });
	const handed = await connection.request(
		'hand-off',
		{ agent, into, wait: true },
		{ timeoutMs: null },
	);
	return handed.ok ? ok({ ...merged.value, handedOff: handed.value }) : handed;
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

/** Of those that have something to land. */
async function wishesOfAll(
	connection: Connection,
	call: Call,
): Promise<Outcome<readonly Wish[]>> {
	const status = await connection.request('status', {});
	if (!status.ok) return status;
	const lane = new Lane(looking);
	const there = status.value.agents.filter(
		({ life }) => life !== 'preparing' && life !== 'failed',
	);
	const wishes = await Promise.all(
		there.map(({ name }) =>
			lane.run(async (): Promise<Wish[]> => {
				const preview = await previewOf(connection, name, call.text('into'));
				if (!preview.ok) return [];
				const { commits, uncommitted, alreadyLanded } = preview.value;
				if (alreadyLanded || commits.length + uncommitted.length === 0) return [];
				return [{ agent: name, include: whatToInclude(call, preview.value) }];
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
	const few = uncommitted.slice(0, 5).map(visibleText).join(', ');
	const more = uncommitted.length > 5 ? ` and ${uncommitted.length - 5} more` : '';
	return refuse(
		'merge.uncommitted',
		`${name} has uncommitted files: ${few}${more}`,
		`weir merge ${name} --with-uncommitted, or --committed to leave them`,
	);
}

function tellLanding(call: Call, agent: string, merged: MergedOne): void {
	const into = call.text('into');
	const again = `weir merge ${agent}${into === null ? '' : ` --into ${into}`}`;
	if (merged.phase === 'asked')
		return print(`${agent} waits to land (${merged.landing})`);
	if (merged.phase === 'landed') {
		print(
			`${agent} landed as ${merged.new?.slice(0, 10)}; weir undo ${merged.landing} takes it back`,
		);
		if (merged.after) printLine(afterSaid(agent, merged.after));
		if (!merged.kept) return undefined;
		const { text, allow } = keptBackSaid(merged.kept);
		return printLine(`${text}; ${allow}`);
	}
	if (merged.handedOff) return printLine(handedOff(again, agent, merged.handedOff));
	print(`${agent} conflicts with its base in:`);
	for (const file of merged.files) printLine(`  ${file}`);
	print(`${again} --hand-off brings the base to the agent to resolve it`);
	return undefined;
}

/** What happened, and what is next. */
function handedOff(again: string, agent: string, { files, told }: HandedOff): string {
	const next = `${again} lands it once that is committed`;
	if (files.length === 0)
		return `the base is in the worktree of ${agent} now, without a conflict; ${next}`;
	const few = files.slice(0, 5).join(', ');
	const more = files.length > 5 ? ` and ${files.length - 5} more` : '';
	const who = told
		? `${agent} was told to resolve it`
		: `nobody was told, resolve it in weir shell ${agent}`;
	return `the base is in the worktree of ${agent} now and conflicts in ${few}${more}; ${who}; ${next}`;
}
