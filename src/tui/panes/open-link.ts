// Opens an address with the program that this machine has for it: an argument vector, no shell, apart
// from weir's terminal.
import { spawn } from 'node:child_process';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import { findCommand } from '../../terminal/command.ts';

/** Long enough to hear that there is no browser; a browser itself may go on for hours. */
const failMs = 1500;

/** Refused with `link.no-opener` where there is no program for it, with `link.failed` by its own no. */
export function openLink(
	address: string,
	env: Readonly<Record<string, string>>,
): Promise<Outcome<string>> {
	const names = openers[process.platform] ?? openers.linux;
	for (const name of names) {
		const found = findCommand({ argv: [name], cwd: '/', env });
		if (found.ok) return run(found.value, name, address, env);
	}
	const why = `no program opens links here: ${names.join(' and ')} are not on the PATH`;
	return Promise.resolve(refuse('link.no-opener', why, `open ${address} yourself`));
}

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> & {
	readonly linux: readonly string[];
} = {
	darwin: ['open'],
	linux: ['xdg-open', 'wslview'],
};

function run(
	file: string,
	name: string,
	address: string,
	env: Readonly<Record<string, string>>,
): Promise<Outcome<string>> {
	return new Promise((resolve) => {
		// A session of its own: a text browser must not find weir's terminal.
		const child = spawn(file, [address], { env, stdio: 'ignore', detached: true });
		const patience = setTimeout(() => resolve(ok(name)), failMs);
		const settle = (outcome: Outcome<string>) => {
			clearTimeout(patience);
			resolve(outcome);
		};
		child.once('error', ({ message }) => settle(refuse('link.failed', message)));
		child.once('exit', (code) =>
			settle(
				code === 0
					? ok(name)
					: refuse('link.failed', `${name} does not open it (exit ${code})`),
			),
		);
		child.unref();
	});
}
