// The keys as a check and as an echo, for `weir keymap`: what each key is called here, and whether
// weir does something at it.
import type { ReadStream } from 'node:tty';
import { escapeTime, Input, KeyMode } from './input.ts';
import { builtInKeymap } from './keymap.ts';
import { type KeyConflict, keyConflicts, keyTable, rowOf } from './keys.ts';

export interface KeymapOptions {
	readonly deed: 'check' | 'echo';
	readonly json: boolean;
	readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Runs the deed and gives the exit code: 1 where the keys contradict each other. */
export async function runKeymap(options: KeymapOptions): Promise<number> {
	if (options.deed === 'echo') {
		await echoKeys(process.stdin, escapeTime('auto', options.environment), writeLine);
		return 0;
	}
	const conflicts = keyConflicts();
	if (options.json) writeLine(JSON.stringify({ v: 1, keys: keyTable.length, conflicts }));
	else for (const line of checkLines(conflicts)) writeLine(line);
	return conflicts.length > 0 ? 1 : 0;
}

/** One line about a key: its name, and what it does in the panes. */
export function echoLine(key: string): string {
	if (key === builtInKeymap.leader)
		return `${key}  the leader: leaves typing, or opens the menu`;
	const help = rowOf(builtInKeymap, 'nav', key)?.help;
	return help === undefined ? key : `${key}  ${help}`;
}

function checkLines(conflicts: readonly KeyConflict[]): string[] {
	if (conflicts.length === 0)
		return [`${keyTable.length} bindings, and no key means two things`];
	return conflicts.map(
		({ context, key, actions }) => `${key} in ${context} means ${actions.join(' and ')}`,
	);
}

/** Reads keys until ctrl+d, which alone ends it: every other key can be looked at. */
function echoKeys(
	input: ReadStream,
	escapeTimeMs: number,
	tell: (line: string) => void,
): Promise<void> {
	return new Promise((resolve) => {
		const end = () => {
			input.off('data', feed);
			keys[Symbol.dispose]();
			input.setRawMode(false);
			input.pause();
			resolve();
		};
		const mode = new KeyMode((event) => {
			if (event.kind !== 'key') return;
			if (event.name === 'ctrl+d') end();
			else tell(echoLine(event.name));
		});
		const keys = new Input({ escapeTimeMs: () => escapeTimeMs, mode: () => mode });
		const feed = (bytes: Uint8Array) => keys.feed(bytes);
		// Raw before the word to press keys: the terminal would print what comes earlier itself.
		input.setRawMode(true);
		input.on('data', feed);
		tell('Press keys to see what they are called; ctrl+d ends.');
		input.once('end', end);
	});
}

/** In raw mode a line feed alone does not go back to the first column. */
function writeLine(line: string): void {
	process.stdout.write(process.stdin.isRaw ? `${line}\r\n` : `${line}\n`);
}
