// How soon a write outside a scope is an event at a client, with all of weir between: the watch, the
// supervisor, its journal. The disk is measured beside each write, since an event is told once it is on it.
import {
	closeSync,
	fdatasyncSync,
	openSync,
	realpathSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../src/client/connect.ts';
import type { Connection } from '../src/client/connection.ts';
import type { WeirEvent } from '../src/domain/event.ts';
import { installedVersion } from '../src/lib/installation.ts';
import { openWeirWorld, type WeirWorld } from './tools/weir.ts';
import type { World } from './world.ts';

export interface Told {
	/** Milliseconds of each write. */
	readonly writes: readonly number[];
	/** Of a bare flush to the same disk before each. */
	readonly flushes: readonly number[];
}

/** More of one agent in a row are told once a second (`ObservationLimit`). */
const inARow = 25;
const pauseMs = 50;
/** As much as a commit of one event takes in the journal's log. */
const flushBytes = 2 * 4120;

/** One agent at a time; each is removed before the next one starts. */
export async function tellOne(world: World, writes: number): Promise<Told> {
	await using scratch = openWeirWorld(world);
	scratch.run('new', 'first', '--scope', 'src/**', '--', 'cat');
	using connection = await visit(scratch);
	const told = new Telling(scratch, connection);
	await connection.request('attach', {});
	for (let at = 0; told.writes.length < writes; at += 1) {
		const name = `one${at}`;
		scratch.run('new', name, '--scope', 'src/**', '--', 'cat');
		await sleep(1500);
		const path = worktreeOf(scratch, name);
		for (let row = 0; row < inARow; row += 1) await told.write(path);
		scratch.run('kill', name);
		scratch.run('remove', name, '--yes');
	}
	return told;
}

/** That many beside each other, in turn. */
export async function tellMany(
	world: World,
	agents: number,
	writes: number,
): Promise<Told> {
	await using scratch = openWeirWorld(world);
	const names = Array.from({ length: agents }, (_, at) => `many${at}`);
	for (const name of names) scratch.run('new', name, '--scope', 'src/**', '--', 'cat');
	using connection = await visit(scratch);
	const told = new Telling(scratch, connection);
	await connection.request('attach', {});
	await sleep(3000);
	const paths = names.map((name) => worktreeOf(scratch, name));
	for (let at = 0; at < writes; at += 1) await told.write(paths[at % agents] ?? '');
	return told;
}

class Telling implements Told {
	readonly writes: number[] = [];
	readonly flushes: number[] = [];
	readonly #disk: string;
	readonly #events: Listener;

	constructor(scratch: WeirWorld, connection: Connection) {
		this.#disk = join(scratch.repository, '.git', 'flushed');
		this.#events = listen(connection);
	}

	async write(worktree: string): Promise<void> {
		this.flushes.push(flush(this.#disk));
		const path = join(worktree, `outside${this.writes.length}`);
		const heard = this.#events.next('trespass.found');
		const from = performance.now();
		writeFileSync(path, 'x');
		this.writes.push((await heard).at - from);
		await sleep(pauseMs);
	}
}

function flush(path: string): number {
	const file = openSync(path, 'a');
	try {
		const from = performance.now();
		writeSync(file, Buffer.alloc(flushBytes, 1));
		fdatasyncSync(file);
		return performance.now() - from;
	} finally {
		closeSync(file);
	}
}

export interface Listener {
	/** The next event of the kind, and when it came. */
	next(kind: WeirEvent['kind']): Promise<{ readonly at: number }>;
}

export function listen(connection: Connection): Listener {
	let waiting: { readonly kind: string; readonly heard: () => void } | undefined;
	connection.onPush.on((push) => {
		if (push.push !== 'events') return;
		for (const { kind } of push.events) if (kind === waiting?.kind) waiting.heard();
	});
	return {
		next: (kind) =>
			new Promise((resolve, reject) => {
				const timer = setTimeout(() => reject(new Error(`no ${kind} came`)), 30_000);
				const heard = () => {
					clearTimeout(timer);
					waiting = undefined;
					resolve({ at: performance.now() });
				};
				waiting = { kind, heard };
			}),
	};
}

export async function visit(scratch: WeirWorld): Promise<Connection> {
	const connected = await connect({
		commonDir: realpathSync(join(scratch.repository, '.git')),
		environment: scratch.env,
		version: installedVersion,
		role: 'verb',
	});
	if (!connected.ok) throw new Error(connected.refusal.message);
	return connected.value;
}

export function worktreeOf(scratch: WeirWorld, agent: string): string {
	return scratch.status().agents.find(({ name }) => name === agent)?.worktree ?? '';
}
