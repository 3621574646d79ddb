import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { spawn as spawnInPty } from 'node-pty';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRunning } from '../../support/process-tree.ts';
import { SceneTerminal } from '../../support/scene-terminal.ts';

const player = join(import.meta.dirname, '../../../src/scenes/main.ts');

describe('a scene that misbehaves', () => {
	it('crashes with its code, or by its signal', async () => {
		await using coded = new SceneTerminal([
			{ crash: { exit: 7, message: 'out of luck' } },
		]);
		expect(await coded.ended).toEqual({ code: 7, signal: 0 });
		expect(coded.screen()).toContain('fatal: out of luck');
		expect(coded.states()).toEqual(['working', 'error']);
		await using signalled = new SceneTerminal([{ crash: { signal: 'SIGKILL' } }]);
		expect((await signalled.ended).signal).toBe(9);
	});

	it('plays the part of its generation and says how it resumes', async () => {
		const scene = {
			scene: 'twice',
			resume: 'Back for run {{generation}}.',
			steps: [
				{ crash: { exit: 1 }, when: { generation: 1 } },
				{ say: 'This time it works.', when: { generation: { from: 2 } } },
			],
		};
		await using first = new SceneTerminal(scene);
		expect((await first.ended).code).toBe(1);
		expect(first.screen()).not.toContain('Back for');
		await using second = new SceneTerminal(scene, { env: { WEIR_GENERATION: '2' } });
		await second.shows('Back for run 2.');
		await second.shows('This time it works.');
	});

	it('ends on SIGTERM and SIGHUP as programs do', async () => {
		for (const [signal, code] of [
			['SIGTERM', 143],
			['SIGHUP', 129],
		] as const) {
			await using pane = new SceneTerminal([
				{ think: { seconds: 80_000, about: 'Busy' } },
			]);
			await pane.shows('Busy');
			pane.signal(signal);
			expect(await pane.ended).toEqual({ code, signal: 0 });
			expect(pane.states().at(-1)).toBe('clear');
		}
	});

	it('does not hear the signals it ignores', async () => {
		await using pane = new SceneTerminal([
			{ ignore: ['SIGTERM', 'SIGHUP', 'SIGINT'] },
			{ say: 'Try me.' },
		]);
		await pane.shows('Try me.');
		for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) pane.signal(signal);
		pane.type('still there?\r');
		await pane.shows('❯ still there?');
		pane.signal('SIGKILL');
		expect((await pane.ended).signal).toBe(9);
	});

	it('does not outlive its terminal, whatever it ignores', async () => {
		await using pane = new SceneTerminal([
			{ ignore: ['SIGTERM', 'SIGHUP', 'SIGINT'] },
			{ think: { seconds: 80_000, about: 'Staying' } },
		]);
		await pane.shows('Staying');
		pane.hangUp();
		await expect.poll(() => isRunning(pane.pid)).toBe(false);
	});

	it('floods with as much as it says, and the page is whole afterwards', async () => {
		await using pane = new SceneTerminal([
			{ say: 'Before.' },
			{ flood: { megabytes: 2 } },
			{ say: 'After.' },
		]);
		await pane.shows('After.');
		expect(pane.raw.length).toBeGreaterThan(2_000_000);
		expect(pane.screen()).toContain('2.0 MB of output');
	});

	it('stops flooding when it is interrupted', async () => {
		await using pane = new SceneTerminal([{ flood: { seconds: 80_000 } }]);
		await pane.until('the flood', () => pane.raw.length > 300_000);
		pane.type('\u001b');
		await pane.shows('interrupted');
		await expect.poll(() => pane.states()).toEqual(['working', 'idle']);
	});

	it('leaves a child behind that has a session of its own', async () => {
		const script =
			'require("fs").writeFileSync("child.pid", String(process.pid)); setTimeout(() => {}, 1e6)';
		await using pane = new SceneTerminal([
			{ 'spawn-child': { argv: ['node', '-e', script], nohup: true } },
			{ run: ['sh', '-c', 'until [ -s child.pid ]; do sleep 0.05; done'] },
			{ say: 'Left it there.' },
		]);
		await pane.shows('Left it there.');
		const child = Number(await readFile(join(pane.cwd, 'child.pid'), 'utf8'));
		try {
			pane.type('\u0004');
			await pane.ended;
			expect(isRunning(child)).toBe(true);
			const stat = await readFile(`/proc/${child}/stat`, 'utf8');
			const session = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3];
			expect(Number(session)).toBe(child);
		} finally {
			process.kill(child, 'SIGKILL');
		}
	});
});

describe('the program', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'weir-scene-program-'));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	async function run(args: readonly string[], input = '') {
		const child = spawn(process.execPath, [player, ...args], { cwd: folder });
		let output = '';
		let errors = '';
		child.stdout.on('data', (data: Buffer) => {
			output += data.toString();
		});
		child.stderr.on('data', (data: Buffer) => {
			errors += data.toString();
		});
		child.stdin.end(input);
		const code = await new Promise<number | null>((resolve) =>
			child.once('close', resolve),
		);
		return { code, output, errors };
	}

	it('plays without a terminal, takes piped answers and prints no escapes', async () => {
		const file = join(folder, 's.yaml');
		const scene = `scene: piped
steps:
  - say: "**Hello** there"
  - ask: {question: Which?}
  - say: "You said {{answer}}."
  - approve: {action: ls, yes: [{run: [echo, listed]}]}
`;
		await writeFile(file, scene);
		const { code, output } = await run(['play', file, '--speed', '100'], 'this one\ny\n');
		expect(code).toBe(0);
		expect(output).toContain('You said this one.');
		expect(output).toContain('│ listed');
		expect(output).not.toContain('\u001b');
	});

	it('plays of a folder the scene that is called as the present folder is', async () => {
		const scenes = join(folder, 'scenes');
		await mkdir(scenes);
		const text = (words: string) => `scene: x\nsteps: [{say: ${words}}]\n`;
		await writeFile(join(scenes, `${basename(folder)}.yaml`), text('this one'));
		await writeFile(join(scenes, 'other.yaml'), text('another'));
		const { code, output } = await run(['play', scenes, '--exit-at-end']);
		expect(code).toBe(0);
		expect(output).toContain('this one');
	});

	it('asks on its page what it would ask by weir, where weir does not run it', async () => {
		const file = join(folder, 's.yaml');
		const scene =
			'scene: x\nsteps:\n  - ask: {question: Which?, inbox: true}\n  - say: "You said {{answer}}."\n';
		await writeFile(file, scene);
		const { output } = await run(['play', file, '--speed', '100'], 'this one\n');
		expect(output).toContain('You said this one.');
	});

	it('explains itself and what is wrong', async () => {
		expect(await run(['--help'])).toMatchObject({
			code: 0,
			output: expect.stringContaining('weir-scene play FILE'),
		});
		const cases = [
			[[], /say play, check or demo/],
			[['play'], /play needs a file/],
			[['dance', 'x'], /unknown word 'dance'/],
			[['play', 'x', '--speed', '0'], /--speed takes a number above 0/],
			[['play', 'x', '--sped', '2'], /--sped/],
			[['demo', 'x', '--agents', '0'], /--agents takes 1 to 200/],
		] as const;
		for (const [args, message] of cases) {
			const { code, errors } = await run(args);
			expect(code).toBe(2);
			expect(errors).toMatch(message);
		}
		expect(await run(['play', 'missing.yaml'])).toMatchObject({
			code: 3,
			errors: expect.stringContaining('cannot be read'),
		});
		await writeFile(join(folder, 's.yaml'), 'scene: x\nsteps:\n  - sya: a\n');
		const { code, errors } = await run(['check', 's.yaml']);
		expect(code).toBe(3);
		expect(errors).toContain("s.yaml:3:5: unknown key 'sya', did you mean 'say'?");
	});

	it('makes a demo and says how to play it', async () => {
		const { code, output } = await run(['demo', 'd', '--agents', '2', '--speed', '900']);
		expect(code).toBe(0);
		const made = JSON.parse(output);
		expect(made).toMatchObject({
			v: 1,
			repository: join(folder, 'd/shelf'),
			branch: 'main',
			head: expect.stringMatching(/^[0-9a-f]{40}$/),
			scenes: [
				{ name: 'api' },
				{ name: 'docs', file: join(folder, 'd/scenes/docs.yaml') },
			],
		});
		const [program, ...args] = made.scenes[1].argv;
		expect(program).toBe(process.execPath);
		expect(args.slice(1)).toEqual(['play', made.scenes[1].file, '--speed', '900']);
		expect(await run(['demo', 'd'])).toMatchObject({
			code: 3,
			errors: expect.stringContaining('is not empty'),
		});
	});

	it('leaves the terminal as it found it', async () => {
		await writeFile(join(folder, 's.yaml'), 'scene: x\nsteps: [{say: Hello.}]\n');
		const script =
			'before=$(stty -g); "$0" "$@"; [ "$before" = "$(stty -g)" ] && echo restored';
		const argv = [
			'-c',
			script,
			process.execPath,
			player,
			'play',
			's.yaml',
			'--exit-at-end',
		];
		const pty = spawnInPty('sh', argv, { cwd: folder, cols: 80, rows: 24 });
		let output = '';
		pty.onData((data) => {
			output += data;
		});
		await new Promise((resolve) => pty.onExit(resolve));
		await expect.poll(() => output).toContain('restored');
		expect(output).toContain('\u001b[?2004l');
		expect(output.lastIndexOf('\u001b[?25h')).toBeGreaterThan(
			output.lastIndexOf('\u001b[?25l'),
		);
	});
});
