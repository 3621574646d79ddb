// Ends what a demo left behind when its supervisor did not answer: by pid, and only what names the
// demo's own repository.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	commandLineOf,
	identityOf,
	isAlive,
	type ProcessIdentity,
	readProcessTable,
} from '../lib/processes.ts';

/** A holder ends a deaf tree within its ladder: two graces of five seconds and the firm end. */
const ladderMs = 25_000;

/** The supervisor at once, then the holders, which end their programs politely first. */
export async function endLeftovers(commonDir: string): Promise<void> {
	for (const pid of readProcessTable().keys()) {
		if (commandLineOf(pid)?.includes(commonDir)) tell(pid, 'SIGKILL');
	}
	const holders = holdersOf(join(commonDir, 'weir', 'holders')).filter(isAlive);
	for (const { pid } of holders) tell(pid, 'SIGTERM');
	const end = performance.now() + ladderMs;
	while (holders.some(isAlive) && performance.now() < end) {
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	for (const holder of holders.filter(isAlive)) tell(holder.pid, 'SIGKILL');
}

/** Who the records of a folder name; a half-written one names nobody. */
function holdersOf(folder: string): ProcessIdentity[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder).flatMap((name) => {
		try {
			const record: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
			// Written by a holder of this build; `isAlive` compares every field.
			const { process: holder } = record as { process?: ProcessIdentity };
			return holder ? [holder] : [];
		} catch {
			return [];
		}
	});
}

function tell(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
	if (pid === process.pid || identityOf(pid) === null) return;
	try {
		process.kill(pid, signal);
	} catch {
		// It has ended meanwhile, or is nobody's of ours.
	}
}
