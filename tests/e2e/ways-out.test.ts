// Whatever way weir ends, its terminal is as it was before, also where panes wanted all it has.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start } from '../support/agents.ts';
import { answer, startTyping, stopTyping } from '../support/cockpit.ts';
import { leftBehind, restored } from '../support/restored-terminal.ts';
import { openProgram, type Program } from '../support/terminal-driver.ts';
import { type ScratchWeir, scratchWeir, weirProgram } from '../support/weir.ts';

const fixture = new URL('../fixtures/failing-on-signal.mjs', import.meta.url);
/** Keys as codes, each move of the mouse, focus, marked pastes, the keypad, a bar for a cursor. */
const wants =
	"printf '\\33[>1u\\33[?1003h\\33[?1006h\\33[?1004h\\33[?2004h\\33=\\33[5 q'; echo wanting; exec cat";

let weir: ScratchWeir;
beforeAll(async () => {
	weir = scratchWeir();
	await start(weir, 'greedy', ['sh', '-c', wants]);
});
afterAll(() => weir.close());

const signal = (name: NodeJS.Signals) => () => process.kill(clientPid(), name);

test.each([
	['by detaching', 0, leave],
	['on SIGTERM', 143, signal('SIGTERM')],
	['on SIGHUP', 143, signal('SIGHUP')],
	['on SIGINT', 130, signal('SIGINT')],
	['on SIGQUIT', 143, signal('SIGQUIT')],
	['by an exception', 1, signal('SIGUSR2')],
	['by a rejection', 1, signal('SIGPWR')],
] as const)('its terminal is given back %s', async (_way, code, end) => {
	await using cockpit = openInShell();
	await cockpit.waitFor(/^ NAV[^]*wanting/);
	await startTyping(cockpit);
	// After a stop that is refused, it is all still there.
	process.kill(clientPid(), 'SIGTSTP');
	await cockpit.waitFor(({ modes, keys }) => {
		return keys.kitty === 1 && modes.mouseTrackingMode === 'any' && modes.sendFocusMode;
	});
	expect(cockpit.terminal.modes.bracketedPasteMode).toBe(true);
	expect(cockpit.terminal.cursor.shape).toBe(5);
	await end(cockpit);
	const screen = await cockpit.waitFor(/over$/m);
	expect(leftBehind(cockpit)).toEqual(restored);
	expect(screen.join('\n')).toContain(`left with ${code}`);
	// A fault is told, on the terminal as it was.
	expect(screen.join('\n').includes('Error: as asked')).toBe(code === 1);
	// Nothing of what ended with it was shared with the agent.
	expect((await weir.agent('greedy')).state).not.toBe('failed');
});

/** In a shell, which shows what was left of the terminal. */
function openInShell(): Program {
	const run = 'echo $$ > "$0"; exec "$@"';
	const script = 'sh -c "$0" "$@"; echo "left with $?"; stty -a; echo over';
	const argv = [process.execPath, '--import', fixture.href, weirProgram];
	return openProgram(['sh', '-c', script, run, pidFile(), ...argv], {
		...{ cwd: weir.repo, env: weir.env, kittyKeyboard: true },
	});
}

function pidFile(): string {
	return join(weir.folder, 'client.pid');
}

function clientPid(): number {
	return Number(readFileSync(pidFile(), 'utf8'));
}

async function leave(cockpit: Program): Promise<void> {
	await stopTyping(cockpit);
	cockpit.key('Q');
	await cockpit.waitFor('d detach');
	await answer(cockpit, 'd');
}
