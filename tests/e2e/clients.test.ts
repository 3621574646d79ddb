// The terminal interface beside another, and on every way out of it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start, until } from '../support/agents.ts';
import { bash } from '../support/bash.ts';
import { answer, detach, left, openCockpit, startTyping } from '../support/cockpit.ts';
import { foreignSequences, weirSequences } from '../support/sequences.ts';
import { openProgram, type Program } from '../support/terminal-driver.ts';
import { type ScratchWeir, scratchWeir, weirProgram } from '../support/weir.ts';

let weir: ScratchWeir;
const size = { columns: 120, rows: 36 };

beforeAll(async () => {
	weir = scratchWeir();
	await weir.run('up');
});
afterAll(() => weir.close());

test('a screen that is too small, no terminal and a dumb one end in one sentence', async () => {
	await using small = openProgram([process.execPath, weirProgram], {
		columns: 20,
		rows: 5,
		cwd: weir.repo,
		env: weir.env,
	});
	expect(await left(small)).toBe(3);
	expect(small.screen().join('')).toContain('need 40x15');
	expect(small.bytes().toString('latin1')).not.toContain('\x1b');
	await using dumb = openProgram([process.execPath, weirProgram], {
		cwd: weir.repo,
		env: { ...weir.env, TERM: 'dumb' },
	});
	expect(await left(dumb)).toBe(3);
	expect(dumb.bytes().toString('latin1')).not.toContain('\x1b');
	const none = await weir.run();
	expect(none.code).toBe(3);
	expect(none.stderr).toMatch(/^weir: .*terminal/);
	expect(none.stderr).not.toContain('    at ');
});

test('a program that calls is heard and marked, and its call never gets outside as one', async () => {
	await start(weir, 'looker');
	const notify = String.raw`\033]777;notify;Build;all green\007\007`;
	const call = `read line; printf '${notify}'; exec sleep 1000`;
	await start(weir, 'caller', ['sh', '-c', call]);
	await using cockpit = await openCockpit(weir, [], size);
	await weir.run('send', 'caller', 'go');
	await cockpit.waitFor('caller: Build: all green');
	expect(cockpit.screen().join('\n')).toContain('» Build: all green');
	expect(foreignSequences(cockpit.bytes(), weirSequences)).toEqual([]);
	expect(cockpit.bytes().includes('\x07')).toBe(false);
	cockpit.type("'caller\r");
	await cockpit.waitFor((screen) => !screen.lines().join('\n').includes('» Build'));
	for (const name of ['looker', 'caller']) await weir.json('kill', name);
});

test('weir inside a pane is refused in a sentence', async () => {
	const { name } = await start(weir, 'nested', bash);
	await using cockpit = await openCockpit(weir, ['attach', name], size);
	await cockpit.waitFor('bash-');
	await startTyping(cockpit);
	cockpit.type(`clear; ${process.execPath} ${weirProgram}; echo code-$?\r`);
	await cockpit.waitFor('code-3');
	expect(cockpit.screen().join('\n')).toContain('weir: ');
	await weir.json('kill', name);
});

test.each(['SIGTERM', 'SIGHUP'] as const)(
	'%s gives the terminal back and disturbs no agent',
	async (signal) => {
		const { name, pid } = await start(weir, `kept-${signal.toLowerCase()}`, bash);
		await using cockpit = await openCockpit(weir, ['attach', name], size);
		await cockpit.waitFor('bash-');
		process.kill(cockpit.pid, signal);
		await left(cockpit);
		expectGivenBack(cockpit);
		expect(await weir.agent(name)).toMatchObject({ pid, exit: null });
	},
);

test('the supervisor killed while attached: the pane goes on, weir says so and comes back', async () => {
	const { name, pid } = await start(weir, 'survivor', bash);
	await using cockpit = await openCockpit(weir, ['attach', name], size);
	await cockpit.waitFor('bash-');
	await startTyping(cockpit);
	const { supervisor } = await weir.status();
	process.kill(supervisor?.pid ?? 0, 'SIGKILL');
	await cockpit.waitFor(/supervisor is (gone|back)/);
	cockpit.type('echo still-$((6 * 7))\r');
	await cockpit.waitFor('still-42');
	await cockpit.waitFor('supervisor is back');
	expect(await weir.agent(name)).toMatchObject({ pid, exit: null });
	cockpit.key('ctrl+space', 'escape');
	await cockpit.waitFor(/^ NAV/);
	await detach(cockpit);
	expectGivenBack(cockpit);
});

test('two at once: both show, the smaller gives the size, and a killed one disturbs nobody', async () => {
	const { name, pid } = await start(weir, 'shared', bash);
	await using small = await openCockpit(weir, ['attach', name], {
		columns: 80,
		rows: 24,
	});
	await small.waitFor('bash-');
	await using large = await openCockpit(weir, ['attach', name], size);
	await large.waitFor('bash-');
	await startTyping(small);
	await large.waitFor('78x19: smaller in another client');
	small.type('clear; echo shown-$((1 + 1)); stty size\r');
	await small.waitFor('shown-2');
	await large.waitFor('shown-2');
	await large.waitFor('19 78');
	process.kill(small.pid, 'SIGKILL');
	await left(small);
	await large.waitFor((screen) => !screen.lines().join().includes('smaller in'));
	await startTyping(large);
	large.type('clear; stty size\r');
	await large.waitFor('31 118');
	expect(await weir.agent(name)).toMatchObject({ pid, exit: null });
	await detachFromTyping(large);
});

async function detachFromTyping(cockpit: Program): Promise<void> {
	cockpit.key('ctrl+space', 'Q');
	await cockpit.waitFor('d detach');
	await answer(cockpit, 'd');
	expect(await left(cockpit)).toBe(0);
	await until('the terminal is back', () => !cockpit.terminal.alternate);
}

function expectGivenBack({ terminal }: Program): void {
	expect(terminal.alternate).toBe(false);
	expect(terminal.cursor).toMatchObject({ visible: true });
	expect(terminal.modes.mouseTrackingMode).toBe('none');
	expect(terminal.modes.bracketedPasteMode).toBe(false);
	expect(terminal.modes.sendFocusMode).toBe(false);
	expect(terminal.modes.wraparoundMode).toBe(true);
}
