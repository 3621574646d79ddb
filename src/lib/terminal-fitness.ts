// Whether a terminal can show weir at all.
import { counted } from './counted.ts';
import { type Outcome, ok, refuse } from './outcome.ts';

/** Strips and the inbox need this much. */
export const smallestScreen = { columns: 40, rows: 15 } as const;

export interface ScreenSize {
	readonly columns: number;
	readonly rows: number;
}

/** Whether the terminal that this process was started on can show weir. */
export function terminalHere(): Outcome<null> {
	const { stdin, stdout, env } = process;
	const fit = canPaint({ input: stdin.isTTY, output: stdout.isTTY, term: env.TERM });
	return fit.ok ? fitsScreen({ columns: stdout.columns, rows: stdout.rows }) : fit;
}

/** Refused: input or output is no terminal, or one that cannot place its cursor. */
export function canPaint(terminal: {
	readonly input: boolean;
	readonly output: boolean;
	readonly term: string | undefined;
}): Outcome<null> {
	if (!terminal.input || !terminal.output)
		return refuse(
			'terminal.none',
			'weir draws on a terminal, and its input or output is not one',
			'weir status --json',
		);
	if (!terminal.term || terminal.term === 'dumb')
		return refuse(
			'terminal.dumb',
			terminal.term
				? `a terminal of type "${terminal.term}" cannot show panes`
				: 'TERM does not say what this terminal is, so no panes are drawn on it',
			'weir --a11y speaks in lines; TERM=xterm-256color where it is one',
		);
	return ok(null);
}

/** Refused: the screen is too small at the moment; it may grow. */
export function fitsScreen(size: ScreenSize): Outcome<null> {
	const { columns, rows } = smallestScreen;
	if (size.columns >= columns && size.rows >= rows) return ok(null);
	return refuse(
		'terminal.small',
		`need ${columns}x${rows}, this is ${size.columns}x${size.rows}`,
		'make the window larger',
	);
}

/** What a screen says that has become too small, and goes on by itself when it grows. */
export function tooSmall(size: ScreenSize, agents: number): string {
	const { columns, rows } = smallestScreen;
	const goOn =
		agents === 0 ? '' : `; ${counted(agents, 'agent')} go${agents === 1 ? 'es' : ''} on`;
	return `need ${columns}x${rows}, this is ${size.columns}x${size.rows}: make the window larger, or Q${goOn}`;
}
