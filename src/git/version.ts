// Whether there is a git, and one that knows all that weir asks of it.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { runGit } from './git.ts';

const oldest = [2, 39] as const;

/** The version of git. Refuses `git.missing` and `git.too-old`. */
export async function requireGit(): Promise<Outcome<string>> {
	const result = await runGit(null, ['version']).catch(() => null);
	if (result === null || result.code !== 0) {
		return refuse('git.missing', 'git was not found on PATH', install);
	}
	const version = /(\d+)\.(\d+)[.\d]*/.exec(result.stdout.toString('utf8'));
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
