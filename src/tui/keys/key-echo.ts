// What keys are called here, as they are pressed: their name, the bytes that the terminal sent, and
// what weir does at them.

import type { Environment } from '../../lib/environment.ts';
import { escapeTime, Input, type InputMode, splitText } from '../input/input.ts';
import { keyOf } from '../input/input-keys.ts';
import type { InputToken } from '../input/input-tokens.ts';
import { type KeyContext, keyContexts } from './key-contexts.ts';
import type { ReadKeys } from './key-files.ts';
import type { Keymap } from './keymap.ts';
import { keyLabel, rowOf, waysOn } from './keys.ts';
import { takenBy } from './taken-keys.ts';

/** Echoes until ctrl+d, which alone ends it: every other key can be looked at. */
export function echoKeys(
	{ keymap, findings }: ReadKeys,
	environment: Environment,
): Promise<void> {
	const input = process.stdin;
	return new Promise((resolve) => {
		const end = () => {
			input.off('data', feed);
			keys[Symbol.dispose]();
			input.setRawMode(false);
			input.pause();
			resolve();
		};
		const mode: InputMode = {
			take(token) {
				const [first, rest] = splitText(token);
				const key = keyOf(first);
				if (key?.name === 'ctrl+d') end();
				else if (key) tell(echoLine(keymap, key.name, first));
				return rest;
			},
		};
		const escapeTimeMs = () => escapeTime(keymap.escapeTime, environment);
		const keys = new Input({ escapeTimeMs, mode: () => mode });
		const feed = (bytes: Uint8Array) => keys.feed(bytes);
		// Raw before the word to press keys: the terminal would print what comes earlier itself.
		input.setRawMode(true);
		input.on('data', feed);
		tell('Press keys to see what they are called; ctrl+d ends.');
		for (const { level, message } of findings) tell(`${level}: ${message}`);
		input.once('end', end);
	});
}

/** One line about a key: its name, its bytes, and what it does where. */
export function echoLine(
	keymap: Keymap,
	key: string,
	{ bytes }: Pick<InputToken, 'bytes'>,
) {
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
	const meanings = [
		...(key === keymap.leader
			? ['the leader: while typing, the next key is for weir']
			: []),
		...meaningsOf(keymap, key),
	];
	const taken = takenBy(key);
	const note = taken === null ? [] : [`in panes: ${taken}`];
	const said = [...(meanings.length === 0 ? ['nothing of weir'] : meanings), ...note];
	return `${key}  ${hex}  ${said.join('; ')}`;
}

/** `view.back in nav`: each action once, with the contexts in which the key stands for it. */
function meaningsOf(keymap: Keymap, key: string): string[] {
	// The record of contexts is what their type is made of.
	const found = (Object.keys(keyContexts) as KeyContext[]).flatMap((context) => {
		const row = rowOf(keymap, context, key);
		if (row) return [{ context, meaning: row.action }];
		const ways = waysOn(keymap, context, key);
		const longer = ways.map((way) => `${keyLabel(key)} ${way.key}`).join(', ');
		return longer === '' ? [] : [{ context, meaning: longer }];
	});
	return [...Map.groupBy(found, ({ meaning }) => meaning)].map(
		([meaning, some]) => `${meaning} in ${some.map(({ context }) => context).join(', ')}`,
	);
}

/** In raw mode a line feed alone does not go back to the first column. */
function tell(line: string): void {
	process.stdout.write(`${line}\r\n`);
}
