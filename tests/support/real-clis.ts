// The real CLIs that `npm run test:clis` drives, each against the scripted model API.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { claude } from './clis/claude.ts';
import { codex } from './clis/codex.ts';
import { copilot } from './clis/copilot.ts';
import { gemini } from './clis/gemini.ts';
import { opencode } from './clis/opencode.ts';
import { pi } from './clis/pi.ts';
import { qwen } from './clis/qwen.ts';
import type { RealCli } from './clis/real-cli.ts';

export const realClis: readonly RealCli[] = [
	claude,
	codex,
	gemini,
	opencode,
	qwen,
	copilot,
	pi,
];

/** What it calls its version; null where it is not on the PATH. */
export function versionOf({ name }: RealCli): string | null {
	const folders = (process.env.PATH ?? '').split(delimiter);
	const path = folders.map((folder) => join(folder, name)).find(existsSync);
	if (path === undefined) return null;
	const ran = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
	const printed = `${ran.stdout}${ran.stderr}`;
	return /\d+\.\d+\.\d+\S*/.exec(printed)?.[0] ?? printed.trim();
}
