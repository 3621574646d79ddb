// The terminal the program was started in: raw keys in, bytes out, and back as it was found.
import { Emitter } from '../lib/emitter.ts';
import { type Closer, Lifetime } from '../lib/lifetime.ts';
import { type Key, KeyDecoder } from './keys.ts';
import type { Surface } from './page.ts';
import type { Palette } from './styled-text.ts';

/** How long a lone ESC waits for the rest of a sequence before it is the key. */
const escapeMs = 40;

export interface TerminalSession extends AsyncDisposable {
	readonly surface: Surface;
	readonly resized: Emitter<void>;
	/** No more input will come, from a terminal or not. */
	readonly ended: Emitter<void>;
	listen(onKey: (key: Key) => void): void;
	/** Writes bytes as they are; resolves when more can be taken. */
	readonly pour: (bytes: Buffer) => Promise<void>;
}

/** `onLost` is called when the terminal has gone away, which no program outlives. */
export function openTerminal(onLost: () => void): TerminalSession {
	const { stdin, stdout, env } = process;
	const lifetime = new Lifetime();
	const interactive = stdin.isTTY && stdout.isTTY && env.TERM !== 'dumb';
	const resized = lifetime.add(new Emitter<void>());
	const ended = lifetime.add(new Emitter<void>());
	let lost = false;
	const lose = () => {
		lost = true;
		onLost();
	};
	const write = (text: string | Buffer) => {
		if (!lost) stdout.write(text);
	};
	stdout.on('error', lose);
	if (interactive) {
		stdin.setRawMode(true);
		write('\u001b[?2004h');
		lifetime.add(() => {
			write('\u001b[?2004l\u001b[0m\u001b[?25h');
			if (!lost) stdin.setRawMode(false);
		});
		const onResize = () => resized.emit();
		stdout.on('resize', onResize);
		lifetime.add(() => void stdout.off('resize', onResize));
	}
	const onEnd = () => (interactive ? lose() : ended.emit());
	stdin.on('end', onEnd);
	stdin.on('error', onEnd);
	lifetime.add(() => void stdin.pause());
	return {
		surface: {
			interactive,
			palette: paletteFor(stdout.isTTY, env),
			columns: () => (stdout.isTTY && stdout.columns > 0 ? stdout.columns : 80),
			rows: () => (stdout.isTTY && stdout.rows > 0 ? stdout.rows : 24),
			write,
		},
		resized,
		ended,
		listen: (onKey) => listenTo(stdin, onKey, lifetime),
		pour: async (bytes) => {
			if (lost || stdout.write(bytes)) return;
			await new Promise<void>((resolve) => {
				stdout.once('drain', resolve);
				stdout.once('close', resolve);
			});
		},
		[Symbol.asyncDispose]: () => lifetime.close(),
	};
}

function listenTo(
	stdin: NodeJS.ReadStream,
	onKey: (key: Key) => void,
	lifetime: Lifetime,
): void {
	const decoder = new KeyDecoder();
	let cancel: Closer | undefined;
	const onData = (bytes: Buffer) => {
		void cancel?.();
		for (const key of decoder.push(bytes)) onKey(key);
		if (!decoder.pending) return;
		cancel = lifetime.timer(escapeMs, () => {
			for (const key of decoder.flush()) onKey(key);
		});
	};
	stdin.on('data', onData);
	lifetime.add(() => void stdin.off('data', onData));
}

/** https://no-color.org: any value but an empty one asks for no colours. */
function paletteFor(terminal: boolean, env: NodeJS.ProcessEnv): Palette {
	if (!terminal || env.TERM === 'dumb') return 'none';
	return env.NO_COLOR ? 'mono' : 'colour';
}
