// The way from weir to the user's clipboard.

export interface ClipboardOptions {
	/** Sends a control sequence between two frames; false where too much waits. */
	readonly send: (control: string) => boolean;
	readonly environment: Readonly<Record<string, string | undefined>>;
}

export class Clipboard {
	readonly #options: ClipboardOptions;

	constructor(options: ClipboardOptions) {
		this.#options = options;
	}

	/** Hands a text to the terminal; false where it cannot be sent now. */
	put(text: string): boolean {
		const { send, environment } = this.#options;
		return send(clipboardSequence(text, environment));
	}
}

/**
 * OSC 52 for the terminal that weir runs in (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html).
 * tmux takes it as it is (`set-clipboard on`) or in its wrapping (`allow-passthrough on`) and ignores
 * what it is not set to take: it gets both. screen passes on only 768 bytes of a string at a time.
 */
export function clipboardSequence(
	text: string,
	{ TMUX, STY }: Readonly<Record<string, string | undefined>>,
): string {
	const plain = `\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`;
	if (TMUX) return `${plain}\x1bPtmux;${plain.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;
	if (!STY) return plain;
	const pieces = plain.match(/[^]{1,700}/g) ?? [];
	return pieces.map((piece) => `\x1bP${piece}\x1b\\`).join('');
}
