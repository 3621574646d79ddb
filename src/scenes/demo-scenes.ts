// The agents of the demo.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatYaml } from '../lib/yaml.ts';
import { api } from './demo/api.ts';
import { conflictingScenes } from './demo/conflict.ts';
import { docs } from './demo/docs.ts';
import { flaky } from './demo/flaky.ts';
import { stubborn } from './demo/stubborn.ts';
import { subjectScene } from './demo/subjects.ts';
import type { Scene } from './scene.ts';

export interface DemoScene {
	/** Good as the name of an agent. */
	readonly name: string;
	readonly scene: Scene;
}

/**
 * The first `count` agents of the demo: four with a character of their own (api, docs, flaky,
 * stubborn), then variations drawn by the seed. All touch different files, so all can land.
 * `flaky` exits with 1 in generation 1 and finishes in the next one.
 */
export function demoScenes(count: number, seed = 1): readonly DemoScene[] {
	const own = [api, docs, flaky, stubborn];
	return Array.from({ length: count }, (_, index) =>
		named(own[index] ?? subjectScene(index - own.length, seed)),
	);
}

/** Two agents whose changes conflict with each other, and with no agent of `demoScenes`. */
export function conflictScenes(): readonly DemoScene[] {
	return conflictingScenes.map(named);
}

/** Writes each scene as `NAME.yaml` into the folder; the paths in the order of the scenes. */
export async function writeScenes(
	folder: string,
	scenes: readonly DemoScene[],
): Promise<readonly string[]> {
	await mkdir(folder, { recursive: true });
	return Promise.all(
		scenes.map(async ({ name, scene }) => {
			const path = join(folder, `${name}.yaml`);
			await writeFile(path, formatYaml(scene));
			return path;
		}),
	);
}

function named(scene: Scene): DemoScene {
	return { name: scene.scene, scene };
}
