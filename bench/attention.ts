// How long it takes from an agent saying what it does until the outer terminal has shown it: by OSC 7501, and
// by a hook of its CLI, which is a process of its own each time.
//   node bench/attention.ts [ROUNDS]
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openProgram, type Program } from '../tests/support/terminal-driver.ts';
import { percentile } from './statistics.ts';
import { openWeirWorld, weirProgram } from './tools/weir.ts';
import { openWorld } from './world.ts';

/** Longer than what holds back states that are said too often. */
const pauseMs = 1100;
const rounds = Number(process.argv[2] ?? 100);

using world = openWorld();
await using weir = openWeirWorld(world);
const config = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
mkdirSync(config, { recursive: true });
const asker = join(import.meta.dirname, 'programs', 'asker.ts');
const kinds = ['osc', 'hook'].map((name) => {
	const words = [process.execPath, asker, join(world.folder, name)];
	return `  ${name}: {command: ${JSON.stringify(words)}, like: claude}`;
});
writeFileSync(join(config, 'config.yaml'), `agents:\n${kinds.join('\n')}\n`);
weir.run('new', 'one', '--agent', 'osc');
weir.run('new', 'two', '--agent', 'hook');
await using tui = openProgram([process.execPath, weirProgram], {
	...{ cwd: weir.repository, env: weir.env, columns: 120, rows: 40 },
});
await tui.waitFor('two');
await measure(
	tui,
	'osc',
	['blocked', /one +\S+ needs-approval/],
	['working', /one +\S+ working/],
);
await measure(
	tui,
	'hook',
	['Stop', /two +\S+ done/],
	['UserPromptSubmit', /two +\S+ working/],
);

type Saying = readonly [said: string, shown: RegExp];

async function measure(tui: Program, way: 'osc' | 'hook', ...both: [Saying, Saying]) {
	const socket = connect(join(world.folder, way));
	const times: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		const [said, shown] = both[round % 2] ?? both[0];
		await sleep(pauseMs);
		const begun = performance.now();
		socket.write(`${way} ${said}`);
		await tui.waitFor(shown);
		times.push(performance.now() - begun);
	}
	socket.destroy();
	const of = (share: number) => `${percentile(times, share).toFixed(0)} ms`;
	console.log(
		`${way}: ${rounds} states, p50 ${of(0.5)}, p95 ${of(0.95)}, longest ${of(1)}`,
	);
}
