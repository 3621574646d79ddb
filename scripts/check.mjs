// Everything that a change has to pass, the cheapest first; stops at the first failure.
// `npm run check -- lint types` runs only the named steps.
import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tools = join(root, 'node_modules', '.bin');

const steps = {
	format: ['biome', 'check', '--error-on-warnings', '.'],
	lint: ['oxlint', '--type-aware', '--deny-warnings'],
	types: ['tsc', '-p', '.'],
	unit: ['vitest', 'run', '--project', 'unit'],
	unused: ['knip', '--no-config-hints', '--no-progress'],
	build: ['node', join('scripts', 'build.mjs')],
	world: ['vitest', 'run', '--project', 'world', '--passWithNoTests'],
	screen: ['vitest', 'run', '--project', 'screen', '--passWithNoTests'],
	e2e: ['vitest', 'run', '--project', 'e2e', '--passWithNoTests'],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
	console.error(
		`No step ${unknown.join(', ')}; there are ${Object.keys(steps).join(', ')}.`,
	);
	process.exit(2);
}

for (const [name, [tool, ...args]] of Object.entries(steps)) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	const start = performance.now();
	const result = spawnSync(tool, args, {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, PATH: `${tools}${delimiter}${process.env.PATH}` },
	});
	const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
	if (result.error) console.error(result.error.message);
	const passed = result.status === 0;
	console.log(`${seconds} s  ${name} ${passed ? 'passed' : 'failed'}`);
	if (!passed) process.exit(1);
}
