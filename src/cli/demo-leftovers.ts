// Ends what a demo left behind when its supervisor did not answer: by pid, and only what names the
// demo's own repository.
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { errorCode } from '../lib/error-words.ts';
import {
	commandLineOf,
	identityOf,
	isAlive,
	type ProcessIdentity,
	readProcessTable,
	untilGone,
} from '../lib/processes.ts';

/** What the folder of a demo is called, before what makes it unique. */
export const groundPrefix = 'weir-demo-';
/** The repository in it. */
export const demoRepository = 'shelf';

/** Where the player of a demo listens as long as it lives. */
export function ownerSocketOf(ground: string): string {
	return join(ground, 'run', 'owner.sock');
}

/** A holder ends a deaf tree within its ladder: two graces of five seconds and the firm end. */
const ladderMs = 25_000;
const killedMs = 10_000;

/** The supervisor at once, then the holders, which end their programs politely first. */
export async function endLeftovers(commonDir: string): Promise<void> {
	const others = [...readProcessTable().keys()]
		.filter((pid) => pid !== process.pid && commandLineOf(pid)?.includes(commonDir))
		.flatMap((pid) => identityOf(pid) ?? []);
	for (const { pid } of others) tell(pid, 'SIGKILL');
	const holders = holdersOf(join(commonDir, 'weir', 'holders')).filter(isAlive);
	for (const { pid } of holders) tell(pid, 'SIGTERM');
	await allGone(holders, ladderMs);
	const deaf = holders.filter(isAlive);
	for (const { pid } of deaf) tell(pid, 'SIGKILL');
	// What was killed is there until it had its turn on a busy machine.
	await allGone([...others, ...deaf], killedMs);
}

async function allGone(
	processes: readonly ProcessIdentity[],
	milliseconds: number,
): Promise<void> {
	await Promise.all(processes.map((one) => untilGone(one, milliseconds)));
}

/**
 * Ends and removes demos whose player and supervisor were killed together: nobody else ever will.
 * `grounds` is where demos lay theirs.
 */
export async function clearAbandoned(grounds: string): Promise<void> {
	for (const name of readdirSync(grounds)) {
		const ground = join(grounds, name);
		if (!name.startsWith(groundPrefix) || !isOurFolder(ground)) continue;
		if (!(await isAbandoned(ground))) continue;
		await endLeftovers(join(ground, demoRepository, '.git'));
		await rm(ground, { recursive: true, force: true, maxRetries: 5 });
	}
}

function isOurFolder(path: string): boolean {
	try {
		const entry = lstatSync(path);
		return entry.isDirectory() && entry.uid === process.getuid?.();
	} catch {
		// It is being cleared by its own demo.
		return false;
	}
}

/** The owner has listened there, and is gone. */
async function isAbandoned(ground: string): Promise<boolean> {
	const connection = connect(ownerSocketOf(ground));
	try {
		return await new Promise<boolean>((resolve) => {
			connection.once('connect', () => resolve(false));
			connection.once('error', (error) => resolve(errorCode(error) === 'ECONNREFUSED'));
		});
	} finally {
		connection.destroy();
	}
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
