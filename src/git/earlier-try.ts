// A git that writes files may outlive the supervisor that started it. Its pid is noted, so that the
// next try ends it before both write the same files.
import { readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { replaceFile } from '../lib/replace-file.ts';
import { readSmall } from './files.ts';

export class EarlierTry {
	readonly #file: string;
	readonly #gitDir: string;
	#noted: Promise<void> | undefined;

	/** `file` holds the pid; the git of a try runs with that `gitDir`. */
	constructor(file: string, gitDir: string) {
		this.#file = file;
		this.#gitDir = gitDir;
	}

	/** Ends what an earlier try left running. */
	async end(): Promise<void> {
		const pid = Number(await readSmall(this.#file));
		if (!Number.isInteger(pid) || pid <= 1) return;
		for (let round = 0; round < 100; round += 1) {
			if (!(await this.#isOurs(pid))) return;
			try {
				process.kill(pid, round < 50 ? 'SIGTERM' : 'SIGKILL');
			} catch {
				// It has ended since the look.
				return;
			}
			await sleep(100);
		}
		throw new Error(`git ${pid} of an earlier try does not end`);
	}

	note(pid: number): void {
		this.#noted = replaceFile(this.#file, `${pid}\n`).catch(() => {
			// The folder goes with its worktree; then nobody will look for the pid.
		});
	}

	/** Waits for the note: a slow disk would write it when it has been taken away already. */
	async noted(): Promise<void> {
		await this.#noted;
	}

	async forget(): Promise<void> {
		await this.noted();
		await rm(this.#file, { force: true });
	}

	async #isOurs(pid: number): Promise<boolean> {
		const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
		return line?.includes(`--git-dir=${this.#gitDir}\0`) ?? false;
	}
}
