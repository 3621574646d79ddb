// Whether there is a git, and one that knows all that weir asks of it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { environment } from './git.ts';

const oldest = [2, 39] as const;
const patienceMs = 20_000;

/** The version of git. Refuses `git.missing`, `git.broken` and `git.too-old`. */
export async function requireGit(): Promise<Outcome<string>> {
	const said = await askVersion();
	if (!said.ok) return said;
	const version = /(\d+)\.(\d+)[.\d]*/.exec(said.value);
	const [major, minor] = [Number(version?.[1]), Number(version?.[2])];
	if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) {
		return ok(version?.[0] ?? '');
	}
	return refuse(
		'git.too-old',
		`git is ${version?.[0] ?? 'of an unknown version'}; weir needs ${oldest.join('.')} or newer`,
		install,
	);
}

const install = `install git ${oldest.join('.')} or newer`;

/** Asked as everybody asks: what is no git, or a very old one, may know no other word. */
async function askVersion(): Promise<Outcome<string>> {
	try {
		const options = { env: environment(), timeout: patienceMs };
		const { stdout } = await promisify(execFile)('git', ['--version'], options);
		return ok(stdout);
	} catch (error) {
		const { code, stderr } = error as { code?: unknown; stderr?: string };
		if (code === 'ENOENT')
			return refuse('git.missing', 'git was not found on PATH', install);
		const why = stderr?.trim().split('\n')[0] || String(code ?? error);
		return refuse('git.broken', `git --version fails: ${why}`, install);
	}
}
