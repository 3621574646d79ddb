// A headless demo that plays in a scratch of its own, and what it leaves behind.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { processesMarked } from './process-tree.ts';
import { makeScratch } from './scratch.ts';
import { endWithUs } from './watchdog.ts';
import { weirProgram } from './weir.ts';

export class DemoScratch {
	readonly #folder = makeScratch();
	/** Where demos lay down their grounds. */
	readonly temp = join(this.#folder, 'tmp');

	constructor() {
		mkdirSync(this.temp);
		endWithUs(mark, this.#folder);
	}

	/** Plays a demo of two agents that prints its events. */
	play(): ChildProcessByStdio<null, Readable, null> {
		const argv = [weirProgram, 'demo', '--headless', '--json', '--agents', '2'];
		return spawn(process.execPath, argv, {
			cwd: this.#folder,
			env: {
				PATH: process.env['PATH'],
				HOME: this.#folder,
				TMPDIR: this.temp,
				[mark]: this.#folder,
			},
			stdio: ['ignore', 'pipe', 'ignore'],
		});
	}

	/** Names of the grounds that are there. */
	get left(): string[] {
		return groundsIn(this.temp);
	}

	/** Processes of its demos, whoever their parents are by now. */
	get processes(): number[] {
		return processesMarked(mark, this.#folder);
	}
}

/** What lies in a temp folder, but for that of the sockets: it is there where paths are long, and stays. */
export function groundsIn(temp: string): string[] {
	return readdirSync(temp).filter((name) => name !== `weir-${process.getuid?.()}`);
}

const mark = 'SCRATCH_OF_TEST';
