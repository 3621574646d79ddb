// Starting a new agent from its dialog.
import { arrange } from '../../domain/layout.ts';
import { type Outcome, ok, type Refusal, refusal } from '../../lib/outcome.ts';
import type { ClientRequest } from '../../protocol/client.ts';
import type { Remark } from '../../protocol/requests/agent-requests.ts';
import { attend, type Controls, openNow, remark } from '../actions/controls.ts';
import { commandWords } from '../chrome/command-words.ts';
import { emptyField } from '../chrome/text-field.ts';
import { lookOf, shownAgents } from '../view.ts';
import type { Dialog } from './dialog.ts';

/** What is there for a first agent: asked for once, in the background. */
export async function lookAround({ ask, change, environment }: Controls): Promise<void> {
	const found = await ask('surroundings', { env: { ...environment } });
	// An older supervisor does not know: then it is not said.
	if (found.ok) change({ kind: 'surroundings', surroundings: found.value });
}

export function openNew(controls: Controls): void {
	if (controls.view.surroundings === null) void lookAround(controls);
	openNow(controls, {
		kind: 'new',
		on: 'name',
		name: emptyField,
		command: emptyField,
		problem: null,
	});
}

export async function createAgent(
	controls: Controls,
	dialog: Extract<Dialog, { kind: 'new' }>,
): Promise<void> {
	const name = dialog.name.text.trim();
	const argv = commandWords(dialog.command.text);
	const problem = (on: 'name' | 'command', why: Refusal) =>
		controls.change({ kind: 'dialog', dialog: { ...dialog, on, problem: why } });
	if (name === '') return problem('name', unnamed);
	if (argv === null) return problem('command', openQuote);
	const { environment: env } = controls;
	const created = await attend(
		controls,
		`creating ${name}`,
		askForOne(controls, {
			agents: [{ name, argv: argv.length === 0 ? null : argv }],
			kind: null,
			base: null,
			prompt: null,
			env: { ...env },
			wait: false,
			...sizeOfNew(controls),
		}),
		({ refusal }) => {
			problem(fieldOf(refusal, dialog.on), refusal);
			return true;
		},
	);
	if (created === null) return;
	if (controls.view.dialog?.kind === 'new')
		controls.change({ kind: 'dialog', dialog: null });
	const agent = shownAgents(controls.state).find(({ id }) => id === created.id);
	if (agent) controls.change({ kind: 'focus', agent: agent.id });
	if (created.remark) remark(controls, created.remark.text, created.remark.allow);
}

async function askForOne(
	controls: Controls,
	wanted: ClientRequest<'new'>,
): Promise<Outcome<{ readonly id: string; readonly remark: Remark | null }>> {
	const made = await controls.ask('new', wanted);
	if (!made.ok) return made;
	const { agents, refusals, remark } = made.value;
	const [no] = refusals;
	if (no) return { ok: false, refusal: no };
	const [agent] = agents;
	if (!agent) throw new Error('an agent was neither made nor refused');
	return ok({ id: agent.id, remark });
}

const unnamed = refusal(
	'name.missing',
	'an agent needs a name',
	'type one, such as api: its branch and its worktree are called so too',
);
const openQuote = refusal(
	'command.quote',
	'the command opens a quotation mark and does not close it',
	'add the other one, or put a backslash before it',
);

/** The field that a refusal is about; the present one where it is about neither. */
function fieldOf({ code }: Refusal, present: 'name' | 'command'): 'name' | 'command' {
	if (/^(?:name|agent|branch)\./.test(code)) return 'name';
	return /^(?:spawn|kind)\./.test(code) ? 'command' : present;
}

/** The size of the tile that the next agent will have, so that it starts in it. */
function sizeOfNew({ state, view }: Controls): { columns: number; rows: number } {
	const panes = [...shownAgents(state).map(({ id }): string => id), 'new'];
	const { tiles } = arrange({
		...lookOf(view),
		panes,
		listed: panes.length,
		focus: 'new',
		zoom: false,
	});
	const inner = tiles.find(({ pane }) => pane === 'new')?.inner;
	return inner
		? { columns: inner.width, rows: inner.height }
		: { columns: 100, rows: 30 };
}
