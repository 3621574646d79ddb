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
}

/** Resolves when the program has ended and the terminal is weir's again. */
export async function lendTerminal(
	session: TerminalSession,
	painter: Painter,
	loan: Loan,
): Promise<Outcome<null>> {
	painter.suspend();
	await painter.drained(lastFrameMs);
	session.suspend();
	const outcome = await run(loan);
	session.resume();
	painter.resume();
	return outcome;
}

function run({ argv: [file = '', ...rest], environment }: Loan): Promise<Outcome<null>> {
	return new Promise((resolve) => {
		const child = spawn(file, rest, { stdio: 'inherit', env: environment });
		// Who stops an editor stops it for a shell that is not there: it goes on.
		const wake = () => setTimeout(() => child.kill('SIGCONT'), wakeMs);
		const end = () => child.kill('SIGHUP');
		process.on('SIGTSTP', wake);
		process.on('exit', end);
		const settle = (outcome: Outcome<null>) => {
			process.off('SIGTSTP', wake);
			process.off('exit', end);
			resolve(outcome);
		};
		child.on('error', (error) => settle(refuse('loan.failed', error.message)));
		child.on('exit', (code) =>
			settle(
				code === 0 || code === null
					? ok(null)
					: refuse('loan.failed', `${file} ended with ${code}`),
			),
		);
	});
}
