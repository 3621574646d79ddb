// What it costs that a program is held: from its start until it runs, against the same start unheld in the
// same round, and the look at a worktree before it. Alone: node bench/held.ts [--json].
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bubblewrapArgv } from '../src/guard/sandbox/bubblewrap.ts';
import { breakHardLinks } from '../src/guard/sandbox/hard-links.ts';
import { landlockPlan } from '../src/guard/sandbox/landlock.ts';
import { type Place, planPlaces } from '../src/guard/sandbox/plan.ts';
import { faultOf, findBubblewrap } from '../src/guard/sandbox/probe.ts';
import { rulingsFor } from '../src/guard/sandbox/rulings.ts';
import { scopeView } from '../src/guard/sandbox/scope-view.ts';
import { surveyScope } from '../src/guard/sandbox/survey.ts';
import { guardedArgv, heldArgv } from '../src/lib/trampoline.ts';
import { makeLargeRepository } from './large-repository.ts';
import { type StartRow, startRow, startTable } from './start.ts';
import { median } from './statistics.ts';
import { openWorld, type World } from './world.ts';

const rounds = 40;
const looks = 5;

/** What a machine cannot hold is left out. */
export async function measureHeld(world: World): Promise<StartRow[]> {
	const places = usualPlaces(world);
	const rows: StartRow[] = [];
	const program = findBubblewrap(process.env);
	const asRoot = process.geteuid?.() === 0;
	if (program !== null && (await faultOf('bubblewrap', program)) === null) {
		const box = bubblewrapArgv(program, places, { asRoot, devices: [] });
		const times = more(heldArgv(['/bin/true'], { box: written(world, 'box', box) }));
		rows.push(
			startRow('a start held by bubblewrap, more than unheld', times, 60, startBar),
		);
	}
	if ((await faultOf('landlock', null)) === null) {
		const landlock = written(world, 'rules', landlockPlan(places).allowed);
		const times = more(heldArgv(['/bin/true'], { landlock }));
		rows.push(
			startRow('a start held by Landlock, more than unheld', times, 10, startBar),
		);
	}
	return [...rows, ...(await lookAtLarge(world))];
}

const startBar = 'what the guard may add to a start';

/** Of an agent with a scope of two folders, one of them in part. */
function usualPlaces(world: World): Place[] {
	const folder = world.fresh('held');
	const at = (path: string) => {
		mkdirSync(join(folder, path), { recursive: true });
		return join(folder, path);
	};
	const shut = Array.from({ length: 10 }, (_, file) => `docs/${file}`);
	for (const path of ['own', 'wt/api/src', 'wt/api/docs', 'git/info']) at(path);
	for (const path of shut) writeFileSync(join(folder, 'wt/api', path), '');
	for (const path of ['git/config', 'wt/api/.git']) writeFileSync(join(folder, path), '');
	return planPlaces({
		worktree: at('wt/api'),
		rulings: [
			...['src', 'docs'].map((path) => ({ path, writable: true })),
			...shut.map((path) => ({ path, writable: false })),
		],
		gitDir: at('git'),
		gitFixed: ['config', 'info'],
		passing: [{ path: '/tmp', own: at('own') }],
		emptied: [],
		shown: [folder, join(import.meta.dirname, '..')],
		hidden: [],
		open: [at('cache')],
		fixed: [],
	});
}

function written(world: World, name: string, words: readonly string[]): string {
	const path = world.fresh(name);
	writeFileSync(path, words.map((word) => `${word}\0`).join(''));
	return path;
}

/** Milliseconds beyond the same start in the same round. */
function more(held: readonly [string, ...string[]]): number[] {
	const plain = guardedArgv(['/bin/true']);
	const twice = guardedArgv(held);
	return Array.from({ length: rounds }, (_, round) => {
		const [first, second] = round % 2 === 0 ? [plain, twice] : [twice, plain];
		const times = [took(first), took(second)];
		return (round % 2 === 0 ? 1 : -1) * ((times[1] ?? 0) - (times[0] ?? 0));
	});
}

function took([file, ...args]: readonly [string, ...string[]]): number {
	const begun = performance.now();
	const ended = spawnSync(file, args, { encoding: 'utf8' });
	if (ended.status !== 0) throw new Error(ended.stderr);
	return performance.now() - begun;
}

async function lookAtLarge(world: World): Promise<StartRow[]> {
	const folder = makeLargeRepository(world);
	const find = [folder, '-type', 'f', '-links', '+1'];
	const rows: StartRow[] = [];
	for (const [patterns, name] of [
		[[], 'no scope'],
		[['/d1/**', '/d2/f1'], 'a folder and a file'],
		[['*.md'], 'a name in every folder'],
	] as const) {
		const times: number[] = [];
		const walks: number[] = [];
		for (let look = 0; look < looks; look += 1) {
			let begun = performance.now();
			execFileSync('find', find);
			walks.push(performance.now() - begun);
			begun = performance.now();
			const { places } = rulingsFor(await surveyScope(folder, scopeView(patterns)));
			await breakHardLinks(folder, places);
			times.push(performance.now() - begun);
		}
		const what = `a look at 30,000 files before a start, ${name}`;
		rows.push(
			startRow(what, times, 3 * median(walks), 'three times a find over all of them'),
		);
	}
	return rows;
}

if (import.meta.main) {
	using world = openWorld();
	const rows = await measureHeld(world);
	const json = process.argv.includes('--json');
	console.log(json ? JSON.stringify({ v: 1, held: rows }) : startTable(rows));
}
