// The dialog for a new agent: its two fields, and why it was not started.
import type { Refusal } from '../../lib/outcome.ts';
import { asKey } from '../chrome/message-line.ts';
import type { Situation } from '../keys/key-row.ts';
import type { Keymap } from '../keys/keymap.ts';
import { keysLine } from '../keys/keys-line.ts';
import { withKeys } from '../keys/named-keys.ts';
import { bold, type Line, padText, span, wrapText } from '../paint/spans.ts';
import { type CardContent, cardRoom } from './card.ts';
import type { Dialog } from './dialog.ts';

export function newAgentCard(
	{ on, name, command, problem }: Extract<Dialog, { kind: 'new' }>,
	situation: Situation,
): CardContent {
	const label = (text: string, current: boolean): Line[number] =>
		current ? bold(padText(text, 10), 'accent') : span(padText(text, 10), 'dim');
	const field = on === 'name' ? name : command;
	const width = cardRoom(64, situation.view);
	const without = wrapText(startedWithout(situation), width).map(
		(text): Line => [span(text, 'dim')],
	);
	return {
		title: 'new agent',
		width,
		cursor: { x: 10 + field.text.slice(0, field.at).length, y: on === 'name' ? 0 : 1 },
		lines: [
			[label('name', on === 'name'), span(name.text)],
			[label('command', on === 'command'), span(command.text)],
			[],
			...(problem === null
				? without
				: problemLines(problem, width, situation.view.keymap)),
		],
		footer: keysLine('new', situation),
	};
}

/** What it will be where no command is given. */
function startedWithout({ state, view }: Situation): string {
	const { defaultAgent } = state.settings;
	if (defaultAgent !== null)
		return `without a command it starts ${defaultAgent}, the default agent of your settings`;
	const usual = view.surroundings?.usual;
	if (usual === undefined)
		return 'without a command it starts the first CLI that is found, else your shell';
	return usual === 'shell'
		? 'without a command it starts your shell: no CLI that weir knows is on the PATH'
		: `without a command it starts ${usual}, the first CLI that was found`;
}

/** Why, and what helps; as much of it as a small screen has room for. */
function problemLines(
	{ message, allow }: Refusal,
	width: number,
	keymap: Keymap,
): Line[] {
	return [
		...wrapText(message, width).map((text): Line => [span(text, 'bad')]),
		...(allow === undefined
			? []
			: wrapText(withKeys(asKey(allow), keymap, 'nav'), width).map(
					(text): Line => [span(text, 'accent')],
				)),
	];
}
