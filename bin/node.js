// Runs a program of this package on a Node that is new enough. Plain JavaScript that any Node >= 20
// parses: an older Node is replaced by the project's own, where it is there.
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const needed = 24;
/** The descriptor on which a wrapper on an older Node can be seen to live, and who says so. */
const wrapperPipe = 3;
const wrapped = 'WEIR_WRAPPED';
const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));

/** Calls `open` with what loads a built module, or starts `program` anew on the project's Node. */
export async function onNewNode(program, open) {
	if (Number.parseInt(process.versions.node, 10) < needed) return replaceNode(program);
	if (!existsSync(join(root, 'dist', 'src'))) {
		return fail(`weir is not built: run npm run build in ${root}`);
	}
	await endWithWrapper();
	process.env.NODE_ENV ??= 'production';
	const { useCodeCache } = await load('src', 'lib', 'code-cache.js');
	useCodeCache();
	return open(load);
}

function load(...path) {
	return import(pathToFileURL(join(root, 'dist', ...path)).href);
}

async function replaceNode(program) {
	const own = [
		join(root, 'node_modules', 'node', 'bin', 'node'),
		join(root, '..', 'node', 'bin', 'node'),
	].find((path) => existsSync(path));
	if (!own) {
		return fail(
			`weir needs Node ${needed} or newer, this is ${process.versions.node}: install it, or run npm install node@${needed} beside weir`,
		);
	}
	const { spawn } = await import('node:child_process');
	const child = spawn(own, [fileURLToPath(program), ...process.argv.slice(2)], {
		stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
		env: { ...process.env, [wrapped]: String(wrapperPipe) },
	});
	// Held open, not waited for: what the child starts may live on.
	child.stdio[wrapperPipe].unref();
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

// A wrapper that is killed passes nothing on: the kernel closes its end of the pipe, and this process
// then hangs up, as when the terminal goes.
async function endWithWrapper() {
	if (process.env[wrapped] !== String(wrapperPipe)) return;
	delete process.env[wrapped];
	const { Socket } = await import('node:net');
	const pipe = new Socket({ fd: wrapperPipe, readable: true, writable: false });
	pipe.on('error', () => undefined);
	pipe.once('close', () => process.kill(process.pid, 'SIGHUP'));
	pipe.resume().unref();
}

function fail(message) {
	process.stderr.write(`weir: ${message}\n`);
	process.exitCode = 1;
}
