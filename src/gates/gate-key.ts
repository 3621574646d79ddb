// By what a verdict is found again: the gate, the tree, and what of this machine decides as well.
import { readFile } from 'node:fs/promises';
import { arch, platform, release } from 'node:os';
import { join } from 'node:path';
import { definitionOf, type Gate } from '../domain/gates/gate.ts';
import { digest } from '../lib/digest.ts';
import { parsersVersion } from './parsers/parse.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Files in which package managers write what they have installed. */
const installed = [
	'node_modules/.package-lock.json',
	'node_modules/.modules.yaml',
	'node_modules/.yarn-state.yml',
	'node_modules/.yarn-integrity',
	'.venv/pyvenv.cfg',
	'vendor/bundle/.bundle/config',
];

/** What decides beside the tree: system, PATH, the variables that gates name, what is installed. */
export async function fingerprintOf(
	{ env: names }: Pick<Gate, 'env'>,
	env: Variables,
	/** Where the dependencies lie. */
	folder: string | null,
): Promise<string> {
	const texts = await Promise.all(
		folder === null
			? []
			: installed.map((path) => readFile(join(folder, path), 'utf8').catch(() => '')),
	);
	const values = ['PATH', ...names].map((name) => [name, env[name] ?? null]);
	const machine = [platform(), arch(), release(), process.version];
	return digest(
		JSON.stringify([machine, values, texts.map((text) => digest(text, 32))]),
		32,
	);
}

/** The same for two runs that must come to the same end. */
export function keyOf(
	name: string,
	gate: Gate,
	tree: string,
	fingerprint: string,
): string {
	const known = [name, definitionOf(gate), tree, fingerprint, parsersVersion];
	return digest(JSON.stringify(known), 40);
}
