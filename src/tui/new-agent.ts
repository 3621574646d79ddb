// Starting a new agent from its dialog.
import { arrange } from '../domain/layout.ts';
import { commandWords } from './command-words.ts';
import { attend, type Controls, openNow } from './controls.ts';
import type { Dialog } from './dialog.ts';
import { emptyField } from './text-field.ts';
import { shownAgents } from './view.ts';

export function openNew(controls: Controls): void {
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
	const problem = (text: string) =>
		controls.change({ kind: 'dialog', dialog: { ...dialog, problem: text } });
	if (name === '') return problem('a name, such as api');
	if (argv === null) return problem('a quotation mark is missing');
	const { environment: env } = controls;
	const created = await attend(
		controls,
		`creating ${name}`,
		controls.ask('new', {
			name,
			kind: null,
			argv: argv.length === 0 ? null : argv,
			base: null,
			prompt: null,
			env: { ...env },
			wait: false,
			...sizeOfNew(controls),
		}),
		({ refusal }) => {
			problem(refusal.message);
			return true;
		},
	);
	if (!created) return;
	if (controls.view.dialog?.kind === 'new')
		controls.change({ kind: 'dialog', dialog: null });
	const agent = shownAgents(controls.state).find((one) => one.name === name);
	if (agent) controls.change({ kind: 'focus', agent: agent.id });
}

/** The size of the tile that the next agent will have, so that it starts in it. */
function sizeOfNew({ state, view }: Controls): { columns: number; rows: number } {
	const { columns, rows, layout: kind, split } = view;
	const panes = [...shownAgents(state).map(({ id }): string => id), 'new'];
	const { tiles } = arrange({
		columns,
		rows,
		panes,
		focus: 'new',
		zoom: false,
		kind,
		split,
	});
	const inner = tiles.find(({ pane }) => pane === 'new')?.inner;
	return inner
		? { columns: inner.width, rows: inner.height }
		: { columns: 100, rows: 30 };
}
