#!/usr/bin/env node
// Picks a door, nothing else. Plain JavaScript that any Node >= 20 parses: an older Node than the
// project needs is replaced by the project's own, where it is there.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import * as modules from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const needed = 24;
const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));

if (Number.parseInt(process.versions.node, 10) >= needed) await open();
else replaceNode();

async function open() {
	const entry = join(root, 'dist', 'src', 'cli', 'main.js');
	if (!existsSync(entry)) {
		fail(`weir is not built: run npm run build in ${root}`);
		return;
	}
	process.env.NODE_ENV ??= 'production';
	modules.enableCompileCache?.(compileCache());
	const { main } = await import(pathToFileURL(entry).href);
	const result = await main(process.argv.slice(2));
	if (result.door === 'tui') {
		try {
			const door = pathToFileURL(join(root, 'dist', 'layouts', 'main.js')).href;
			const { runTui } = await import(door);
			process.exitCode = await runTui(result.options);
		} finally {
			// Also when the terminal was lost: a demo leaves nothing behind.
			await result.close?.();
		}
	} else process.exitCode = result.code;
}

// Node's own default lies in a folder of all users.
function compileCache() {
	const { NODE_COMPILE_CACHE, XDG_CACHE_HOME, HOME = homedir() } = process.env;
	return (
		NODE_COMPILE_CACHE || join(XDG_CACHE_HOME || join(HOME, '.cache'), 'weir', 'code')
	);
}

function replaceNode() {
	const own = [
		join(root, 'node_modules', 'node', 'bin', 'node'),
		join(root, '..', 'node', 'bin', 'node'),
	].find((path) => existsSync(path));
	if (!own) {
		fail(
			`weir needs Node ${needed} or newer, this is ${process.versions.node}: install it, or run npm install node@${needed} beside weir`,
		);
		return;
	}
	const child = spawn(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
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
}

function fail(message) {
	process.stderr.write(`weir: ${message}\n`);
	process.exitCode = 1;
}
