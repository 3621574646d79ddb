// Compiles the sources into dist, which is what bin/weir.js always runs. Nothing is done where dist
// is of these very sources, and a new dist is put in place whole: weir may be running from it.
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

process.exitCode = existsSync(tsc) ? build() : doWithout();

function build() {
	const digest = digestOfSources();
	if (builtFrom() === digest) return 0;

	const fresh = join(root, `dist.new-${process.pid}`);
	const project = join(root, 'tsconfig.build.json');
	const result = spawnSync(process.execPath, [tsc, '-p', project, '--outDir', fresh], {
		stdio: 'inherit',
		cwd: root,
	});
	if (result.status === 0) {
		writeFileSync(join(fresh, mark), digest);
		putInPlace(fresh);
	}
	rmSync(fresh, { recursive: true, force: true });
	return result.status ?? 1;
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
	const settings = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
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
