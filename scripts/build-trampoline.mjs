// Builds the trampoline at install. A failure is not an error: the supervisor then starts agents
// through koffi and process.execve, which is slower, and `weir doctor` says so.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const parts = ['exec-guarded', 'box', 'landlock', 'rights', 'words'];
const sources = parts.map((name) => join(root, 'native', `${name}.c`));
if (sources.every((source) => existsSync(source)) && process.platform !== 'win32') {
	mkdirSync(join(root, 'build'), { recursive: true });
	const target = join(root, 'build', 'weir-exec-guarded');
	const compiler = process.env.CC ?? 'cc';
	// Put in place whole: agents may be starting through the one that is there.
	const fresh = `${target}.${process.pid}`;
	const result = spawnSync(
		compiler,
		['-O2', '-Wall', '-Wextra', '-o', fresh, ...sources],
		{
			stdio: 'inherit',
		},
	);
	if (result.status === 0) {
		renameSync(fresh, target);
	} else {
		rmSync(fresh, { force: true });
		console.error(
			`weir: ${compiler} could not build the trampoline; agents start through Node instead`,
		);
	}
}
