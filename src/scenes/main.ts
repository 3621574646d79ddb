// The scene player: a program that behaves in a terminal as a scripted coding agent.
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Outcome, ok } from '../lib/outcome.ts';
import { programFile } from '../lib/program-file.ts';
import { createDemoProject } from './demo-project.ts';
import { conflictScenes, demoScenes, writeScenes } from './demo-scenes.ts';
import { type Order, orderFrom, type Pace, usage } from './order.ts';
import { perform } from './performance.ts';
import { readScene } from './scene-file.ts';

/** Runs the program; resolves with the exit code, unless the program ends by a signal. */
export async function main(argv: readonly string[]): Promise<number> {
	const order = orderFrom(argv);
	switch (order.kind) {
		case 'help':
			process.stdout.write(usage);
			return 0;
		case 'wrong':
			process.stderr.write(`weir-scene: ${order.message}\n\n${usage}`);
			return 2;
		case 'check':
			return settle(await readScene(order.file), ({ scene }) => {
				process.stdout.write(`${order.file}: scene '${scene}'\n`);
				return 0;
			});
		case 'demo':
			return settle(await makeDemo(order), (made) => {
				process.stdout.write(`${JSON.stringify(made)}\n`);
				return 0;
			});
		case 'play':
			return settle(await readScene(await sceneIn(order.file)), (scene) =>
				perform(scene, {
					speed: order.speed ?? scene.speed ?? 1,
					seed: order.seed ?? scene.seed ?? 1,
					generation: order.generation ?? generationFrom(process.env.WEIR_GENERATION),
					exitAtEnd: order.exitAtEnd,
				}),
			);
	}
}

/** Of a folder the scene of the agent whose worktree this is, which bears the agent's first name. */
async function sceneIn(path: string): Promise<string> {
	const isFolder = await stat(path).then(
		(entry) => entry.isDirectory(),
		() => false,
	);
	return isFolder ? join(path, `${basename(process.cwd())}.yaml`) : path;
}

async function settle<T>(
	outcome: Outcome<T>,
	goOn: (value: T) => number | Promise<number>,
): Promise<number> {
	if (outcome.ok) return goOn(outcome.value);
	const { message, allow } = outcome.refusal;
	process.stderr.write(`weir-scene: ${message}${allow ? ` (${allow})` : ''}\n`);
	return 3;
}

/** What weir says about the incarnation; anything else means it was started by hand. */
function generationFrom(text: string | undefined): number {
	const generation = Number(text);
	return Number.isInteger(generation) && generation >= 1 ? generation : 1;
}

/** What `weir-scene demo` prints; additive only. */
interface Demo {
	readonly v: 1;
	readonly repository: string;
	readonly branch: string;
	readonly head: string;
	/** `argv` plays the scene in the folder it is started in. */
	readonly scenes: readonly {
		readonly name: string;
		readonly file: string;
		readonly argv: readonly string[];
	}[];
}

async function makeDemo(order: Extract<Order, { kind: 'demo' }>): Promise<Outcome<Demo>> {
	const folder = resolve(order.folder);
	const project = await createDemoProject(join(folder, 'shelf'), order.seed);
	if (!project.ok) return project;
	const scenes = demoScenes(order.agents, order.seed);
	const all = order.conflict ? [...scenes, ...conflictScenes()] : scenes;
	const files = await writeScenes(join(folder, 'scenes'), all);
	return ok({
		v: 1,
		repository: project.value.directory,
		branch: project.value.branch,
		head: project.value.head,
		scenes: all.map(({ name }, index) => {
			const file = files[index] ?? '';
			return { name, file, argv: playArgv(file, order) };
		}),
	});
}

function playArgv(file: string, { speed, seed, exitAtEnd }: Pace): readonly string[] {
	return [
		process.execPath,
		programFile('src/scenes/main'),
		'play',
		file,
		...(speed === undefined ? [] : ['--speed', String(speed)]),
		...(seed === undefined ? [] : ['--seed', String(seed)]),
		...(exitAtEnd ? ['--exit-at-end'] : []),
	];
}

if (import.meta.main) process.exit(await main(process.argv.slice(2)));
