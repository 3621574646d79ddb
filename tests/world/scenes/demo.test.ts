import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Lane } from '../../../src/lib/lane.ts';
import { createDemoProject } from '../../../src/scenes/demo-project.ts';
import {
	conflictScenes,
	type DemoScene,
	demoScenes,
	writeScenes,
} from '../../../src/scenes/demo-scenes.ts';
import { checkScene, readScene } from '../../../src/scenes/scene-file.ts';

const run = promisify(execFile);
const player = join(import.meta.dirname, '../../../src/scenes/main.ts');

/** Whoever runs the tests may sign commits or have hooks. */
const environment = {
	...process.env,
	GIT_CONFIG_GLOBAL: '/dev/null',
	GIT_CONFIG_NOSYSTEM: '1',
};

let scratch: string;
let repository: string;
beforeEach(async () => {
	scratch = await mkdtemp(join(tmpdir(), 'weir-demo-test-'));
	repository = join(scratch, 'shelf');
});
afterEach(() => rm(scratch, { recursive: true, force: true }));

async function git(cwd: string, ...args: string[]): Promise<string> {
	const { stdout } = await run('git', args, { cwd, env: environment });
	return stdout.trim();
}

async function makeProject(seed?: number): Promise<string> {
	const project = await createDemoProject(repository, seed);
	if (!project.ok) throw new Error(project.refusal.message);
	return project.value.head;
}

/** Lint, types and tests of the project; rejects when one of them fails. */
async function checkProject(cwd: string): Promise<void> {
	const { scripts } = JSON.parse(await readFile(join(cwd, 'package.json'), 'utf8'));
	for (const name of ['lint', 'types', 'test']) {
		const [, ...args] = String(scripts[name]).split(' ');
		await run(process.execPath, args, { cwd });
	}
}

interface Played {
	readonly name: string;
	readonly code: number;
	readonly output: string;
	readonly worktree: string;
}

/** Plays each scene in a worktree of its own, on a branch of its name. */
async function playAll(scenes: readonly DemoScene[], generation = 1): Promise<Played[]> {
	const files = await writeScenes(join(scratch, 'scenes'), scenes);
	const lane = new Lane(2);
	for (const { name } of generation === 1 ? scenes : []) {
		await git(repository, 'worktree', 'add', '-q', '-b', name, join(scratch, name));
	}
	return Promise.all(
		scenes.map(({ name }, index) =>
			lane.run(async () => {
				const worktree = join(scratch, name);
				const args = [
					player,
					'play',
					files[index] ?? '',
					'--speed',
					'1000',
					'--exit-at-end',
				];
				const env = { ...environment, WEIR_GENERATION: String(generation) };
				const result = await run(process.execPath, args, {
					cwd: worktree,
					env,
					maxBuffer: 100_000_000,
				}).then(
					({ stdout }) => ({ code: 0, output: stdout }),
					(error: { code: number; stdout: string }) => ({
						code: error.code,
						output: error.stdout,
					}),
				);
				return { name, worktree, ...result };
			}),
		),
	);
}

/** What those that failed printed last; empty when all played to their end. */
function failuresOf(played: readonly Played[]): readonly string[] {
	return played
		.filter(({ code }) => code !== 0)
		.map(({ name, output }) => `${name}: ${output.slice(-600)}`);
}

describe('the project of the demo', () => {
	it('is clean, has a short history on main and passes its own checks', async () => {
		await makeProject();
		expect(await git(repository, 'symbolic-ref', '--short', 'HEAD')).toBe('main');
		expect(await git(repository, 'status', '--porcelain')).toBe('');
		expect((await git(repository, 'log', '--format=%s')).split('\n')).toHaveLength(4);
		expect(await git(repository, 'config', '--local', 'user.email')).toMatch(
			/\.invalid$/,
		);
		await checkProject(repository);
	});

	it('is the same for the same seed and another one for another', async () => {
		const first = await makeProject(7);
		repository = join(scratch, 'again');
		expect(await makeProject(7)).toBe(first);
		repository = join(scratch, 'other');
		expect(await makeProject(8)).not.toBe(first);
	});

	it('is not made where something lies already', async () => {
		await makeProject();
		expect(await createDemoProject(repository)).toMatchObject({
			ok: false,
			refusal: { code: 'demo.not-empty' },
		});
	});

	it('has checks that can fail', async () => {
		await makeProject();
		const sabotage = [
			['src/fees.ts', 'export const x: any = 1; \n'],
			['src/fees.ts', "import { nothing } from './dates.ts';\n"],
			['src/fees.ts', 'export function lateFee(): number { return 1; }\n'],
		] as const;
		for (const [path, text] of sabotage) {
			await git(repository, 'checkout', '-q', '--', '.');
			await writeFile(join(repository, path), text);
			await expect(checkProject(repository)).rejects.toThrow(/Command failed/);
		}
	});
});

describe('the scenes of the demo', () => {
	it('are valid, have names fit for agents, and differ by seed', async () => {
		const scenes = [...demoScenes(60), ...conflictScenes()];
		for (const { name, scene } of scenes) {
			expect(checkScene(scene)).toMatchObject({ ok: true });
			expect(name).toMatch(/^[a-z0-9][a-z0-9._-]{0,63}$/);
		}
		expect(new Set(scenes.map(({ name }) => name)).size).toBe(scenes.length);
		expect(demoScenes(30, 3)).toEqual(demoScenes(30, 3));
		expect(demoScenes(30, 3)).not.toEqual(demoScenes(30, 4));
	});

	it('are read back from their files as they are', async () => {
		const scenes = demoScenes(12);
		const files = await writeScenes(scratch, scenes);
		for (const [index, file] of files.entries()) {
			expect(await readScene(file)).toEqual({ ok: true, value: scenes[index]?.scene });
		}
	});

	it('all commit, touch different files and land together with every check green', async () => {
		await makeProject();
		const scenes = demoScenes(8);
		const first = await playAll(scenes);
		const crashed = first.filter(({ code }) => code !== 0);
		expect(crashed.map(({ name, code }) => [name, code])).toEqual([['flaky', 1]]);
		const flaky = crashed[0]?.worktree ?? '';
		expect(await git(flaky, 'status', '--porcelain')).toContain('tests/search.test.ts');
		const again = await playAll(
			scenes.filter(({ name }) => name === 'flaky'),
			2,
		);
		expect(again[0]).toMatchObject({ code: 0, output: expect.stringContaining('run 2') });

		const touched = new Set<string>();
		for (const { name, worktree } of first) {
			expect(await git(worktree, 'status', '--porcelain')).toBe('');
			const files = (
				await git(repository, 'diff', '--name-only', `main...${name}`)
			).split('\n');
			for (const file of files) {
				expect(touched).not.toContain(file);
				touched.add(file);
			}
			await git(repository, 'merge', '-q', '--no-edit', name);
		}
		expect(touched.size).toBeGreaterThan(12);
		await checkProject(repository);
	});

	it('write modules that pass the checks, for every subject there is', async () => {
		await makeProject();
		const subjects = demoScenes(80).slice(4);
		for (const { scene } of subjects) {
			for (const { edit } of scene.steps) {
				if (edit?.content === undefined) continue;
				const path = join(repository, edit.file);
				await mkdir(dirname(path), { recursive: true });
				await writeFile(path, edit.content);
			}
		}
		await expect(checkProject(repository)).resolves.toBeUndefined();
	});

	it('can be played again over their own work', async () => {
		await makeProject();
		const scenes = demoScenes(5);
		await playAll(scenes);
		const flaky = scenes.filter(({ name }) => name === 'flaky');
		expect(failuresOf(await playAll(flaky, 2))).toEqual([]);
		const third = await playAll(scenes, 3);
		expect(failuresOf(third)).toEqual([]);
	});

	it('conflict only where they are asked to', async () => {
		await makeProject();
		const played = await playAll(conflictScenes());
		expect(failuresOf(played)).toEqual([]);
		await git(repository, 'merge', '-q', '--no-edit', 'month');
		await expect(git(repository, 'merge', '--no-edit', 'fortnight')).rejects.toThrow(
			/Command failed/,
		);
		const files = await git(repository, 'diff', '--name-only', '--diff-filter=U');
		expect(files.split('\n')).toEqual(['src/shelf.ts', 'tests/shelf.test.ts']);
	});
});
