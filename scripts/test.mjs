// What `npm test` runs: the build, then every test. The last line counts them, for whoever reads
// no colours: `N passed, N failed`. Arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'node_modules', '.cache', 'weir');
const report = join(folder, 'tests.json');

rmSync(report, { force: true });
mkdirSync(folder, { recursive: true });
const built = runNode(join(root, 'scripts', 'build.mjs'));
if (built !== 0) end({ passed: 0, failed: 1, skipped: 0 }, 'the build failed');

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const status = runNode(
	vitest,
	'run',
	'--reporter=default',
	`--reporter=${join(root, 'scripts', 'skip-reasons.mjs')}`,
	'--reporter=json',
	`--outputFile.json=${report}`,
	...process.argv.slice(2),
);
end(countTests(status));

function runNode(...args) {
	const result = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
	if (result.error) console.error(result.error.message);
	return result.status ?? 1;
}

function countTests(exitCode) {
	const result = readReport();
	// A file that cannot be loaded has no tests that could fail; it counts as one.
	const files = result?.testResults ?? [];
	const broken = files.filter(
		(file) =>
			file.status === 'failed' &&
			!file.assertionResults.some((test) => test.status === 'failed'),
	).length;
	const failed = (result?.numFailedTests ?? 0) + broken;
	return {
		passed: result?.numPassedTests ?? 0,
		// Whatever else vitest ends with (an error nobody caught) is a failure too.
		failed: exitCode !== 0 && failed === 0 ? 1 : failed,
		skipped: (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0),
	};
}

function readReport() {
	try {
		return JSON.parse(readFileSync(report, 'utf8'));
	} catch (error) {
		console.error(`vitest left no report: ${error.message}`);
		return undefined;
	}
}

function end({ passed, failed, skipped }, why) {
	if (why) console.log(why);
	if (skipped > 0) console.log(`${skipped} skipped, each for the reason above`);
	console.log(`${passed} passed, ${failed} failed`);
	process.exit(failed > 0 ? 1 : 0);
}
