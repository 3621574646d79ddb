// How a holder on this machine is started and found again.
import { spawn } from 'node:child_process';
import {
	closeSync,
	existsSync,
	fstatSync,
	ftruncateSync,
	openSync,
	readFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolders } from '../lib/private-folder.ts';
import { isAlive } from '../lib/processes.ts';
import { programFile } from '../lib/program-file.ts';
import { type HolderRecord, holderRecord } from '../protocol/holder.ts';
import { holderRecords, removeRecord } from './records.ts';

export interface HolderPlace {
	readonly id: string;
	/** `<common dir>/weir/holders/<id>.json`; its folder is where neighbours are known from. */
	readonly recordFile: string;
	/** Where the ends of programs are recorded. */
	readonly exitsDir: string;
	/** In a private folder (0700), short enough to be bound. */
	readonly socket: string;
	readonly logFile: string;
	/** How many panes it takes; 10 where it is not said. */
	readonly panes?: number;
}

/** A start takes a fraction of a second, and on a machine that is overloaded many. */
const startMs = 60_000;
const logLimit = 256 * 1024;

/**
 * Starts a holder that lives on without this process, and waits until it answers. Throws with the
 * last line of its log where it does not. `nodeOptions` are for tests of what a holder survives.
 */
export async function startHolder(
	place: HolderPlace,
	nodeOptions: readonly string[] = [],
): Promise<HolderRecord> {
	const log = openLog(place.logFile);
	const child = spawn(process.execPath, [...nodeOptions, ...holderArguments(place)], {
		cwd: '/',
		detached: true,
		env: { ...holderEnvironment(process.env), NODE_ENV: 'production' },
		stdio: ['ignore', log, log],
	});
	closeSync(log);
	let failure: Error | undefined;
	child.on('error', (error) => {
		failure = error;
	});
	child.unref();
	const patience = performance.now() + startMs;
	while (performance.now() < patience) {
		if (failure) throw new Error('no holder could be started', { cause: failure });
		if (child.exitCode !== null || child.signalCode !== null) break;
		const record = readRecord(place.recordFile);
		const isIts = record !== undefined && record.process.pid === child.pid;
		if (isIts && (await answers(record.socket))) return record;
		await sleep(5);
	}
	// It may hang before it owns anything; nobody would find it later.
	if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
	throw new Error(`the holder ${place.id} did not start: ${lastLine(place.logFile)}`);
}

/** The holders that live, by the records in `folder`; records of dead ones are removed. */
export function liveHolders(folder: string): HolderRecord[] {
	return holderRecords(folder).flatMap(({ file, record }) => {
		if (isAlive(record.process)) return [record];
		removeRecord(file);
		return [];
	});
}

function holderArguments(place: HolderPlace): string[] {
	return [
		programFile('src/holder/main'),
		`--id=${place.id}`,
		`--record=${place.recordFile}`,
		`--exits=${place.exitsDir}`,
		`--socket=${place.socket}`,
		`--panes=${place.panes ?? 10}`,
	];
}

// What programs get comes with `spawn`; the holder itself needs little and should keep no secret.
function holderEnvironment(from: NodeJS.ProcessEnv): Record<string, string> {
	const kept: Record<string, string> = {};
	for (const name of ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'])
		if (from[name] !== undefined) kept[name] = from[name];
	return kept;
}

function openLog(file: string): number {
	makeFolders(dirname(file));
	const descriptor = openSync(file, 'a', 0o600);
	if (fstatSync(descriptor).size > logLimit) ftruncateSync(descriptor);
	return descriptor;
}

function readRecord(file: string): HolderRecord | undefined {
	if (!existsSync(file)) return undefined;
	// Written by rename: it is there as a whole.
	return holderRecord.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
}

function answers(path: string): Promise<boolean> {
	return new Promise((tell) => {
		const socket = connect(path, () => {
			socket.destroy();
			tell(true);
		});
		socket.on('error', () => tell(false));
	});
}

function lastLine(file: string): string {
	const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
	const last = lines.at(-1) || 'it said nothing';
	// Node ends the report of a crash with its own name.
	if (!last.startsWith('Node.js v')) return last;
	return lines.findLast((line) => /^\w*Error\b/.test(line)) ?? last;
}
