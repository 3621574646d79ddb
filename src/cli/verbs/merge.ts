// Lands agents on their base.
import type { Connection } from '../../client/connection.ts';
import { keptBackSaid } from '../../domain/kept-back.ts';
import { type Outcome, ok, type Refusal, refuse } from '../../lib/outcome.ts';
import { visibleText } from '../../lib/plain-text.ts';
import type { ClientRequest, ClientResponses } from '../../protocol/client.ts';
import type { MergePreview } from '../../protocol/merge-preview.ts';
import { usage } from '../arguments.ts';
import { readInput } from '../input.ts';
import { print, printJson, printLine, printRefusal } from '../print.ts';
import { withProgress } from '../progress.ts';
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
	if ((name === undefined) !== call.on('all')) {
		return usage('merge', 'name one agent, or say --all');
	}
	const said = call.text('message');
	const message = said === '-' ? await readInput() : said;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const names = name === undefined ? await mergeable(connection) : ok([name]);
	if (!names.ok) return names;
	const landings: Merged[] = [];
	const refusals: RefusedAgent[] = [];
	for (const agent of names.value) {
		const work = mergeOne(connection, call, agent, { strategy, message });
		const merged = await withProgress(connection, `merge ${agent}`, work);
		if (!merged.ok) {
			if (name !== undefined) return merged;
			refusals.push({ agent, ...merged.refusal });
			if (!call.json) printRefusal(merged.refusal, null);
		} else {
			landings.push({ agent, ...merged.value });
			if (!call.json) tellLanding(call, agent, merged.value);
		}
	}
	if (call.json) printJson({ v: 1, landings, refusals });
	else if (names.value.length === 0) print('no agent has anything to land');
	const [first] = refusals;
	if (first) return ok({ code: codeOf(first) });
	return landings.some(({ phase, handedOff }) => phase === 'conflicted' && !handedOff)
		? ok({ code: exitCodes.refused })
		: done;
};

async function mergeOne(
	connection: Connection,
	call: Call,
	agent: string,
	said: Pick<ClientRequest<'merge'>, 'strategy' | 'message'>,
): Promise<Outcome<MergedOne>> {
	const into = call.text('into');
	const preview = await connection.request(
		'merge.preview',
		{ agent, into },
		{ timeoutMs: null },
	);
	if (!preview.ok) return preview;
	const undecided = whatToInclude(call, preview.value);
	if (!undecided.ok) return undecided;
	const merged = await connection.request(
		'merge',
		{
			...{ agent, into, ...said, include: undecided.value },
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

async function mergeable(connection: Connection): Promise<Outcome<string[]>> {
	const status = await connection.request('status', {});
	if (!status.ok) return status;
	const names: string[] = [];
	for (const { name, life } of status.value.agents) {
		if (life === 'preparing' || life === 'failed') continue;
		const preview = await connection.request(
			'merge.preview',
			{ agent: name, into: null },
			{ timeoutMs: null },
		);
		if (!preview.ok) continue;
		const { commits, uncommitted, alreadyLanded } = preview.value;
		if (!alreadyLanded && commits.length + uncommitted.length > 0) names.push(name);
	}
	return ok(names);
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
