// A terminal at the end of a long line, or of a thin one.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { start } from '../support/agents.ts';
import { bash } from '../support/bash.ts';
import { detach, openCockpit, startTyping, stopTyping } from '../support/cockpit.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
const size = { columns: 130, rows: 30 };

beforeEach(() => {
	weir = scratchWeir();
	// Any time is long enough for a machine that has little for this test; that it is longer over
	// ssh than at hand is tested with a clock.
	const keys = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir', 'keys.yaml');
	mkdirSync(dirname(keys), { recursive: true });
	writeFileSync(keys, 'escape_time: 1000\n');
});
afterEach(() => weir.close());

test('with 200 ms each way and every byte by itself, keys and clicks are what was typed', async () => {
	await start(weir, 'left', bash);
	await start(weir, 'right', bash);
	const line = { delayMs: 200, gapMs: 1 };
	await using cockpit = await openCockpit(weir, [], {
		...{ ...size, line, kittyKeyboard: true },
		env: { SSH_CONNECTION: '192.0.2.1 40000 192.0.2.2 22' },
	});
	await cockpit.waitFor(prompts(2));
	// Split in two an arrow would be Escape and the key [, which opens the copy mode.
	cockpit.key('right', 'left', 'right', 'i');
	await cockpit.waitFor(/^ TYPE/);
	cockpit.type('echo typed-$((6 * 7)) in $WEIR_AGENT \u{1f9f6}\r');
	await cockpit.waitFor('typed-42 in right \u{1f9f6}');
	// Nothing that the terminal answered late was taken for something typed.
	expect(cockpit.screen().join('\n')).not.toMatch(/rgb:|\[\?\d|;\d+[cRu]/);
	// What it answered was waited for: it is known to say keys as kitty does.
	cockpit.type("printf '\\33[>1u'; read -n1; printf '\\33[<u'\r");
	await cockpit.waitFor(({ keys }) => keys.kitty === 1);
	cockpit.type('x');
	await cockpit.waitFor(({ keys }) => keys.kitty === 0);
	cockpit.key('up', 'up', 'down', 'up', 'enter');
	await cockpit.waitFor((screen) => count(screen.lines(), 'typed-42 in right') === 2);
	cockpit.paste('echo a paste; echo $((1 + 1))');
	await cockpit.waitFor('echo a paste; echo $((1 + 1))');
	cockpit.key('enter');
	await cockpit.waitFor((screen) => screen.lines().some((row) => /[│┃]2 /.test(row)));
	// A first click focuses and types nothing.
	cockpit.type('\x1b[<0;10;10M\x1b[<0;10;10m');
	await cockpit.waitFor(/^ NAV/);
	await startTyping(cockpit);
	cockpit.type('echo in $WEIR_AGENT\r');
	await cockpit.waitFor('in left');
	await stopTyping(cockpit);
	await detach(cockpit);
});

test('a line of 10 KB/s shows what there is now, not all that was', async () => {
	const calm = join(weir.folder, 'calm');
	// Counts as fast as it can: more in a second than the line carries in an hour.
	const flood = `i=0; until test -e '${calm}'; do i=$((i+1)); printf '\\033[3%dmflood %d %s\\n' $((i%8)) $i "$PATH"; done; printf '\\033[mcalm after %d\\n' $i`;
	await start(weir, 'flood', ['sh', '-c', `read go; ${flood}; read stay`]);
	await start(weir, 'shell', bash);
	const line = { bytesPerSecond: 10_000 };
	await using cockpit = await openCockpit(weir, [], { ...size, line });
	await cockpit.waitFor(prompts(1));
	await weir.run('send', 'flood', 'go');
	await cockpit.waitFor(/flood [1-9]\d{4}/);
	// What has left weir and not arrived is buffers of the kernel and a frame.
	const backlog = 64_000;
	let before = cockpit.outputBytes;
	cockpit.key("'");
	cockpit.type('shell\r');
	await startTyping(cockpit);
	cockpit.type('echo typed-$((6 * 7))\r');
	await cockpit.waitFor('typed-42');
	expect(cockpit.outputBytes - before).toBeLessThan(4 * backlog);
	before = cockpit.outputBytes;
	writeFileSync(calm, '');
	await cockpit.waitFor(/calm after \d{5}/);
	expect(cockpit.outputBytes - before).toBeLessThan(backlog);
	await stopTyping(cockpit);
	await detach(cockpit);
});

function prompts(count: number) {
	return (screen: { lines(): string[] }) =>
		(screen
			.lines()
			.join('\n')
			.match(/bash-[\d.]+[$#]/g)?.length ?? 0) === count;
}

function count(lines: readonly string[], text: string): number {
	return lines.filter((line) => line.includes(text)).length;
}
