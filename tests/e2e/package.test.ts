// The package as a stranger gets it: packed, installed into an empty folder, run from there.
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { groundsIn } from '../support/demo-scratch.ts';
import { processesMarked } from '../support/process-tree.ts';
import { makeScratch } from '../support/scratch.ts';

const root = dirname(dirname(import.meta.dirname));
const run = promisify(execFile);

/** What `npm test` sets in the environment would steer the npm below it. */
const env = Object.fromEntries(
	Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)),
);

// What is installed has natives to compile.
const limit = { timeout: 600_000 };

test(
	'the packed package runs a whole demo in an empty folder, and leaves nothing',
	limit,
	async () => {
		const folder = makeScratch();
		const app = join(folder, 'app');
		mkdirSync(app);
		// Without scripts: packing must not build anew under the feet of other tests.
		const packed = execFileSync(
			'npm',
			['pack', '--ignore-scripts', '--json', '--pack-destination', folder],
			{ cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
		);
		const [{ filename, files }] = JSON.parse(packed);
		const paths: string[] = files.map(({ path }: { path: string }) => path);
		expect(
			paths.filter((path) => /^(src|tests|bench|node_modules)\//.test(path)),
		).toEqual([]);
		expect(paths).toContain('docs/cli.md');
		const allowScripts = { 'weir-cli': true, node: true, 'node-pty': true, koffi: true };
		writeFileSync(
			join(app, 'package.json'),
			JSON.stringify({ private: true, allowScripts }),
		);
		const install = ['install', '--prefer-offline', '--no-audit', '--no-fund'];
		await run('npm', [...install, join(folder, filename)], { cwd: app, env });
		// The Node that it runs on where the user's is older comes with it.
		const own = join(app, 'node_modules', 'node', 'bin', 'node');
		expect(execFileSync(own, ['--version'], { encoding: 'utf8' })).toMatch(/^v24\./);
		const temp = join(folder, 'tmp');
		mkdirSync(temp);
		const home = join(folder, 'home');
		mkdirSync(home);
		const { stdout } = await run(
			process.execPath,
			[join(app, 'node_modules', '.bin', 'weir'), 'demo', '--headless', '--json'],
			{
				cwd: app,
				env: {
					PATH: process.env.PATH,
					HOME: home,
					TMPDIR: temp,
					SCRATCH_OF_TEST: folder,
				},
				maxBuffer: 64 * 1024 * 1024,
			},
		);
		const events = stdout
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line).event);
		expect(events.filter(({ kind }) => kind === 'merge.landed')).toHaveLength(4);
		expect(groundsIn(temp)).toEqual([]);
		expect(readdirSync(home).filter((name) => name !== '.cache')).toEqual([]);
		expect(processesMarked('SCRATCH_OF_TEST', folder)).toEqual([]);
	},
);
