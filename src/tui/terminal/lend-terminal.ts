// The user's terminal lent to another program, such as an editor, and taken back as it was.
import { spawn } from 'node:child_process';
import type { Environment } from '../../lib/environment.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import type { Painter } from '../paint/painter.ts';
import type { TerminalSession } from './terminal-session.ts';

/** A frame under way is out by then, or the terminal takes nothing. */
const lastFrameMs = 300;
const wakeMs = 50;

export interface Loan {
	readonly argv: readonly string[];
	readonly environment: Environment;
	/** What it prints on its output is not shown but handed back. */
	readonly reads: boolean;
}

export interface Lent {
	/** Null where a signal ended it. */
	readonly code: number | null;
	/** Where it was to be read: so much of it as is kept. */
	readonly output: string;
}

const mostRead = 256 * 1024;

/** Resolves when the program has ended and the terminal is weir's again. */
export async function lendTerminal(
	session: TerminalSession,
	painter: Painter,
	loan: Loan,
): Promise<Outcome<Lent>> {
	painter.suspend();
	await painter.drained(lastFrameMs);
	session.suspend();
	const outcome = await run(loan);
	session.resume();
	painter.resume();
	return outcome;
}

function run({ argv, environment, reads }: Loan): Promise<Outcome<Lent>> {
	const [file = '', ...rest] = argv;
	return new Promise((resolve) => {
		const child = spawn(file, rest, {
			stdio: ['inherit', reads ? 'pipe' : 'inherit', 'inherit'],
			env: environment,
		});
		let output = '';
		child.stdout?.setEncoding('utf8').on('data', (text: string) => {
			output = (output + text).slice(0, mostRead);
		});
		// Who stops an editor stops it for a shell that is not there: it goes on.
		const wake = () => setTimeout(() => child.kill('SIGCONT'), wakeMs);
		const end = () => child.kill('SIGHUP');
		process.on('SIGTSTP', wake);
		process.on('exit', end);
		const settle = (outcome: Outcome<Lent>) => {
			process.off('SIGTSTP', wake);
			process.off('exit', end);
			resolve(outcome);
		};
		child.on('error', (error) => settle(refuse('loan.failed', error.message)));
		child.on(reads ? 'close' : 'exit', (code) => settle(ok({ code, output })));
	});
}

/** Of a program that is only to end well. */
export function endedWell(
	[file = '']: readonly string[],
	lent: Outcome<Lent>,
): Outcome<null> {
	if (!lent.ok) return lent;
	const { code } = lent.value;
	return code === 0 || code === null
		? ok(null)
		: refuse('loan.failed', `${file} ended with ${code}`);
}
