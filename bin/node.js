// Runs a program of this package on a Node that is new enough. Plain JavaScript that any Node >= 20
// parses: an older Node is replaced by the project's own, where it is there.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import * as modules from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const needed = 24;
const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));

/** Calls `open` with what loads a built module, or starts `program` anew on the project's Node. */
export async function onNewNode(program, open) {
	if (Number.parseInt(process.versions.node, 10) < needed) return replaceNode(program);
	if (!existsSync(join(root, 'dist', 'src'))) {
		return fail(`weir is not built: run npm run build in ${root}`);
	}
	process.env.NODE_ENV ??= 'production';
	modules.enableCompileCache?.(compileCache());
	return open((...path) => import(pathToFileURL(join(root, 'dist', ...path)).href));
}

// Node's own default lies in a folder of all users.
function compileCache() {
	const { NODE_COMPILE_CACHE, XDG_CACHE_HOME, HOME = homedir() } = process.env;
	return (
		NODE_COMPILE_CACHE || join(XDG_CACHE_HOME || join(HOME, '.cache'), 'weir', 'code')
	);
}

function replaceNode(program) {
	const own = [
		join(root, 'node_modules', 'node', 'bin', 'node'),
		join(root, '..', 'node', 'bin', 'node'),
	].find((path) => existsSync(path));
	if (!own) {
		return fail(
			`weir needs Node ${needed} or newer, this is ${process.versions.node}: install it, or run npm install node@${needed} beside weir`,
		);
	}
	const child = spawn(own, [fileURLToPath(program), ...process.argv.slice(2)], {
		stdio: 'inherit',
	});
	// The terminal sends its signals to both processes: the child decides, this one waits.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGWINCH']) {
		process.on(signal, () => {
			if (signal === 'SIGTERM' || signal === 'SIGHUP') child.kill(signal);
		});
	}
	child.on('exit', (code, signal) => {
		process.exitCode = code ?? (signal === null ? 1 : 128 + 15);
	});
	return undefined;
}

function fail(message) {
	process.stderr.write(`weir: ${message}\n`);
	process.exitCode = 1;
}
