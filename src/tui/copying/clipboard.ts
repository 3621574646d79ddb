// The ways from weir to the user's clipboard: through the terminal, and by a tool of the machine where
// the user sits at it. What is too long for terminals goes into a file.

import type { Environment } from '../../lib/environment.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import { clipboardTools, feedTool } from './clipboard-tools.ts';
import { keepCopy } from './kept-copies.ts';

export interface ClipboardOptions {
	/** Sends a control sequence between two frames; false where too much waits. */
	readonly send: (control: string) => boolean;
	readonly environment: Environment;
}

/** Many terminals and their multiplexers drop what is longer. */
const terminalLimit = 100_000;
/** What screen takes of one string is 768 bytes. */
const screenPiece = 700;

export class Clipboard {
	readonly #options: ClipboardOptions;

	constructor(options: ClipboardOptions) {
		this.#options = options;
	}

	/** Puts a text there; the answer is the file that holds it instead, null for the clipboard. */
	async put(text: string, agent: string): Promise<Outcome<string | null>> {
		const { send, environment } = this.#options;
		if (Buffer.byteLength(text) > terminalLimit)
			return keepCopy(text, agent, environment);
		const sent = send(clipboardSequence(text, environment));
		const fed = await feedFirst(clipboardTools(environment), text, environment);
		if (sent || fed) return ok(null);
		return refuse(
			'clipboard.busy',
			'the terminal takes nothing more now',
			'try it again',
		);
	}
}

/** One tool after the other, until one of them has taken it. */
async function feedFirst(
	tools: readonly (readonly string[])[],
	text: string,
	environment: Environment,
): Promise<boolean> {
	for (const tool of tools) if (await feedTool(tool, text, environment)) return true;
	return false;
}

/**
 * OSC 52 for the terminal that weir runs in (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html).
 * tmux takes it as it is (`set-clipboard on`) or in its wrapping (`allow-passthrough on`) and ignores
 * what it is not set to take: it gets both. screen passes on only short strings.
 */
export function clipboardSequence(text: string, { TMUX, STY }: Environment): string {
	const plain = `\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`;
	if (TMUX) return `${plain}\x1bPtmux;${plain.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;
	if (!STY) return plain;
	const count = Math.ceil(plain.length / screenPiece);
	return Array.from({ length: count }, (_, at) => {
		return `\x1bP${plain.slice(at * screenPiece, (at + 1) * screenPiece)}\x1b\\`;
	}).join('');
}
