// A remote and a gh of a scratch: a bare repository in a folder, and a program on the PATH that writes down
// what it was asked.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gitIn } from './repository.ts';
import type { Ran, ScratchWeir } from './weir.ts';

export interface AskedGh {
	readonly words: readonly string[];
	readonly input: string;
	readonly cwd: string;
}

export interface OthersPull {
	readonly number: number;
	readonly headRefName: string;
	readonly baseRefName: string;
	readonly owner: string;
}

export interface Forge {
	/** The bare repository that `origin` is. */
	readonly remote: string;
	/** The commit that a branch of it is at; null where it has none. */
	tip(branch: string): string | null;
	/** All that gh was asked, the first first. */
	asked(): readonly AskedGh[];
	/** What gh is to do from now on. */
	scene(scene: string): void;
	/** Pull requests that others have open. */
	pulls(pulls: readonly OthersPull[]): void;
	/** Runs a verb with that gh on the PATH. */
	run(...args: string[]): Promise<Ran>;
	/** The environment of that. */
	readonly env: Readonly<Record<string, string>>;
	/**
	 * Adds a remote whose address is one of the web, and whose ssh is a script; what it gets are the words of
	 * git. Answers the environment by which git uses it.
	 */
	byWeb(name: string, address: string, script: string): Readonly<Record<string, string>>;
	/** A hook of the bare repository. */
	hook(name: string, script: string): void;
}

const fake = fileURLToPath(new URL('../fixtures/gh/gh.mjs', import.meta.url));

/** The repository of the scratch gets `origin`, which has its main. */
export function forge(weir: ScratchWeir): Forge {
	const folder = join(weir.folder, 'forge');
	const remote = join(folder, 'app.git');
	const bin = join(folder, 'bin');
	mkdirSync(bin, { recursive: true });
	gitIn(folder, 'init', '--quiet', '--bare', '-b', 'main', remote);
	gitIn(weir.repo, 'remote', 'add', 'origin', remote);
	gitIn(weir.repo, 'push', '--quiet', 'origin', 'main');
	writeFileSync(
		join(bin, 'gh'),
		`#!/bin/sh\nexec '${process.execPath}' '${fake}' "$@"\n`,
	);
	chmodSync(join(bin, 'gh'), 0o755);
	const env = { PATH: `${bin}:${weir.env.PATH}`, FAKE_GH: folder };
	const askedFile = join(folder, 'asked');
	return {
		...{ remote, env },
		tip: (branch) =>
			gitIn(remote, 'for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`) ||
			null,
		asked: () =>
			existsSync(askedFile)
				? readFileSync(askedFile, 'utf8')
						.trimEnd()
						.split('\n')
						.map((line) => JSON.parse(line) as AskedGh)
				: [],
		scene: (scene) => writeFileSync(join(folder, 'scene'), scene),
		pulls: (pulls) => {
			const told = pulls.map(({ owner, ...pull }) => ({
				...pull,
				url: `https://github.example/acme/app/pull/${pull.number}`,
				headRepositoryOwner: { login: owner },
			}));
			writeFileSync(join(folder, 'pulls'), JSON.stringify(told));
		},
		run: (...args) => weir.runWith({ env }, ...args),
		byWeb: (name, address, script) => {
			const ssh = join(bin, `ssh-${name}`);
			writeFileSync(ssh, `#!/bin/sh\n${script}\n`);
			chmodSync(ssh, 0o755);
			gitIn(weir.repo, 'remote', 'add', name, address);
			return { ...env, GIT_SSH_COMMAND: ssh, GIT_SSH_VARIANT: 'simple' };
		},
		hook: (name, script) => {
			const file = join(remote, 'hooks', name);
			writeFileSync(file, `#!/bin/sh\n${script}\n`);
			chmodSync(file, 0o755);
		},
	};
}
