// The TUI's way in: finds the supervisor, takes the terminal over, and only then loads what shows the
// panes. The terminal answers and the supervisor starts meanwhile.

import type { TuiOptions } from '../src/cli/verb.ts';
import { Lifetime } from '../src/lib/lifetime.ts';
import type { Outcome } from '../src/lib/outcome.ts';
import { terminalHere } from '../src/lib/terminal-fitness.ts';
import { openMirror } from '../src/tui/open-mirror.ts';
import { OuterTerminal } from '../src/tui/terminal/outer-terminal.ts';

const refused = 3;

/** Runs until the user leaves; answers the exit code. The terminal is as it was by then. */
export async function runTui(options: TuiOptions): Promise<number> {
	if (options.appearance.lines) {
		const { runLines } = await import('../src/tui/lines/line-mode.ts');
		return runLines(options);
	}
	const unfit = terminalHere();
	if (!unfit.ok) return complain(unfit);
	await using lifetime = new Lifetime();
	const { mirror, opened, underway } = openMirror(options);
	lifetime.add(mirror);
	const early = await Promise.race([opened, underway]);
	if (early && !early.ok) return complain(early);
	const terminal = lifetime.add(new OuterTerminal(options.environment));
	const [{ show }, open] = await Promise.all([
		import('./show.ts'),
		Promise.race([opened, terminal.left]),
	]);
	if (typeof open === 'number') return open;
	const ended = open.ok ? await show(options, mirror, terminal, lifetime) : open;
	// First of all the terminal: what is closed after it may take a moment.
	terminal.session.close();
	if (!ended.ok) return complain(ended);
	process.stderr.write(ended.value.last);
	return ended.value.code;
}

function complain(outcome: Extract<Outcome<unknown>, { ok: false }>): number {
	const { message, allow } = outcome.refusal;
	process.stderr.write(`weir: ${message}\n${allow === undefined ? '' : `  ${allow}\n`}`);
	return refused;
}
