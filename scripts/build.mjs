// Compiles the sources into dist, which is what bin/weir.js always runs.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
rmSync(join(root, 'dist'), { recursive: true, force: true });
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const result = spawnSync(
	process.execPath,
	[tsc, '-p', join(root, 'tsconfig.build.json')],
	{
		stdio: 'inherit',
		cwd: root,
	},
);
process.exit(result.status ?? 1);
