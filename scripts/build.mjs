// Bundles the sources into dist, which is what bin/weir.js always runs: a program is a few files and
// not hundreds, which Node would find, read and link one by one before the first line runs. Nothing is
// done where dist is of these very sources, and a new dist is put in place whole: weir may be running
// from it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	existsSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
/** In dist: a digest of what it was built from. */
const mark = 'built-from';

/** What runs in one process is one bundle: its modules exist once. The names are those of the sources. */
const programs = [
	[
		'src/cli/main',
		'src/lib/code-cache',
		'src/tui/keys/run-keymap',
		'src/agent/main',
		'src/mcp/main',
		'layouts/main',
	],
	['src/supervisor/main'],
	['src/holder/main'],
	['src/terminal/history-worker'],
	['src/guard/watch/watch-thread'],
	['src/tui/syntax/syntax-thread'],
	['src/gates/reading-thread'],
	['src/lib/exec-guarded'],
	['src/scenes/main'],
];
/**
 * What is loaded in one step of the client's start is one file, else each set of modules that two verbs
 * share would be one. A step is what the file named statically leads to, less the steps before it.
 */
const steps = [
	'src/lib/code-cache',
	'src/cli/main',
	'src/cli/reach',
	'src/agent/main',
	'src/mcp/main',
	'layouts/main',
	'layouts/show',
];
/** Have parts that are no JavaScript, or are asked for by a program that wants none of it. */
const unbundled = ['koffi', 'node-pty', 'react-devtools-core'];

/**
 * The layout engine of Ink would fetch the code that it carries as text, and Node loads a whole HTTP
 * client for that. Where there is no fetch it decodes the text.
 */
const yogaWithoutFetch = {
	name: 'yoga-without-fetch',
	transform: {
		filter: { id: /yoga-wasm/ },
		handler: (code) => `const fetch = undefined;\n${code}`,
	},
};

process.exitCode = existsSync(tsc) ? await build() : doWithout();

async function build() {
	const digest = digestOfSources();
	if (builtFrom() === digest) return 0;

	const project = join(root, 'tsconfig.build.json');
	const checked = spawnSync(process.execPath, [tsc, '-p', project], {
		stdio: 'inherit',
		cwd: root,
	});
	if (checked.status !== 0) return checked.status ?? 1;

	const fresh = join(root, `dist.new-${process.pid}`);
	try {
		const taken = new Set();
		for (const names of programs) await bundle(names, fresh, taken);
		writeFileSync(join(fresh, 'licenses.txt'), licensesOf(taken));
		writeFileSync(join(fresh, mark), digest);
		putInPlace(fresh);
	} finally {
		rmSync(fresh, { recursive: true, force: true });
	}
	return 0;
}

/** `taken` is told the folders of the packages that it came to hold. */
async function bundle(names, folder, taken) {
	const { rolldown } = await import('rolldown');
	const stepOf = new Map();
	const made = await rolldown({
		input: Object.fromEntries(names.map((name) => [name, sourceOf(name)])),
		cwd: root,
		platform: 'node',
		external: unbundled,
		plugins: [sortBySteps(stepOf), yogaWithoutFetch],
		transform: { define: { 'process.env.NODE_ENV': '"production"' } },
	});
	const { output } = await made.write({
		dir: folder,
		format: 'esm',
		entryFileNames: '[name].js',
		chunkFileNames: 'parts/[name]-[hash].js',
		codeSplitting: {
			groups: steps.map((step) => ({
				name: step.replaceAll('/', '-'),
				test: (id) => stepOf.get(id) === step,
			})),
		},
	});
	await made.close();
	for (const path of output.flatMap(({ moduleIds = [] }) => moduleIds)) {
		const [found] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [];
		if (found) taken.add(found);
	}
}

/** Notes in `stepOf` in which step of the client's start a module is loaded. */
function sortBySteps(stepOf) {
	return {
		name: 'sort-by-steps',
		buildEnd() {
			for (const step of steps) {
				const reached = new Set([sourceOf(step)]);
				for (const id of reached) {
					if (!stepOf.has(id)) stepOf.set(id, step);
					for (const next of this.getModuleInfo(id)?.importedIds ?? []) reached.add(next);
				}
			}
		},
	};
}

/** What the packages whose code is in dist ask to be handed on with it. */
function licensesOf(folders) {
	const texts = [...folders]
		.toSorted((a, b) => (a < b ? -1 : 1))
		.map((folder) => {
			const { name, version, license } = JSON.parse(
				readFileSync(join(folder, 'package.json'), 'utf8'),
			);
			const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
			const text = file ? readFileSync(join(folder, file), 'utf8').trim() : license;
			return `${name} ${version}\n\n${text}\n`;
		});
	return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

function sourceOf(name) {
	return join(root, `${name}.ts`);
}

/** `npm ci --omit=dev` ends up here by `prepare`: what is there is all that can be had then. */
function doWithout() {
	if (existsSync(dist)) return 0;
	console.error('weir: dist cannot be built without the compiler: run npm ci');
	return process.env.npm_lifecycle_event === 'prepare' ? 0 : 1;
}

function digestOfSources() {
	const folders = ['src', 'components', 'layouts'];
	const sources = folders.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true })
			.filter((path) => /\.tsx?$/.test(path))
			.map((path) => join(folder, path)),
	);
	const settings = [
		'scripts/build.mjs',
		'tsconfig.json',
		'tsconfig.build.json',
		'package-lock.json',
	];
	const hash = createHash('sha256');
	for (const path of [...settings, ...sources.toSorted((a, b) => (a < b ? -1 : 1))])
		hash
			.update(`${path}\0`)
			.update(readFileSync(join(root, path)))
			.update('\0');
	return hash.digest('hex');
}

function builtFrom() {
	const path = join(dist, mark);
	return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function putInPlace(fresh) {
	const old = join(root, `dist.old-${process.pid}`);
	if (existsSync(dist)) renameSync(dist, old);
	renameSync(fresh, dist);
	rmSync(old, { recursive: true, force: true });
}
