// A real holder in a scratch folder, and a plain client of it: what a test says and hears.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type HolderPlace, startHolder } from '../../src/hosts/local.ts';
import { Channel } from '../../src/protocol/channel.ts';
import {
	type ExitRecord,
	type HolderOperation,
	type HolderPush,
	type HolderRecord,
	type HolderRequest,
	type HolderResponse,
	holderOperations,
	holderPush,
	type PaneInfo,
} from '../../src/protocol/holder.ts';
import { decodeRows, type RowsPush, type ScreenRow } from '../../src/protocol/rows.ts';
import { endProcesses, processesMarked, treeOf } from './process-tree.ts';
import { endChildrenWithUs } from './watchdog.ts';

export interface TestHolder {
	readonly place: HolderPlace;
	readonly record: HolderRecord;
	/** In the environment of every program that `spawn` of a `HolderClient` starts. */
	readonly mark: string;
}

/** Starts a holder that ends, with all that came out of it, when the running test does. */
export async function makeHolder(
	given: Partial<HolderPlace> = {},
	start: (place: HolderPlace) => Promise<HolderRecord> = startHolder,
): Promise<TestHolder> {
	const folder = mkdtempSync(join(tmpdir(), 'weir-holder-'));
	const id = given.id ?? 'h1';
	const place = {
		id,
		recordFile: join(folder, 'holders', `${id}.json`),
		exitsDir: join(folder, 'exits'),
		socket: join(folder, 'run', `${id}.sock`),
		logFile: join(folder, `${id}.log`),
		...given,
	};
	const mark = randomBytes(8).toString('hex');
	let pid = 0;
	onTestFinished(async () => {
		const tree = () => (pid === 0 ? [] : treeOf(pid));
		await endProcesses(() => [...tree(), ...processesMarked(testMark, mark)], 0);
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	});
	endChildrenWithUs();
	const record = await start(place);
	pid = record.process.pid;
	return { place, record, mark };
}

const testMark = 'WEIR_TEST_MARK';

/** Connects and says hello; closed with the test. */
export async function connectTo(holder: TestHolder): Promise<HolderClient> {
	const client = await openConnection(holder);
	await client.ask('hello', {
		protocol: { min: 1, max: 1 },
		token: holder.record.token,
	});
	return client;
}

/** Connects and says nothing. */
export async function openConnection(holder: TestHolder): Promise<HolderClient> {
	const socket = connect(holder.record.socket);
	onTestFinished(() => void socket.destroy());
	await new Promise((done, failed) => {
		socket.once('connect', done);
		socket.once('error', failed);
	});
	return new HolderClient(socket, holder);
}

export class HolderClient {
	readonly socket: Socket;
	readonly channel: Channel;
	readonly pushes: HolderPush[] = [];
	/** Row sets in the order in which they came. */
	readonly rows: RowsPush[] = [];
	readonly #holder: TestHolder;
	readonly #screens = new Map<number, string[]>();
	/** Panes by their number whose credit is given back. */
	readonly #followed = new Map<number, string>();
	readonly #waiting = new Set<() => void>();

	constructor(socket: Socket, holder: TestHolder) {
		this.socket = socket;
		this.#holder = holder;
		this.channel = new Channel({
			write: (bytes) => socket.write(bytes),
			close: () => socket.end(),
		});
		socket.on('data', (chunk) => this.channel.receive(chunk));
		socket.on('close', () => this.channel.close());
		socket.on('error', () => this.channel.close());
		this.channel.onPush.on((value) => {
			this.pushes.push(holderPush.parse(value));
			this.#wake();
		});
		this.channel.onRows.on(({ payload }) => {
			const push = decodeRows(payload);
			this.rows.push(push);
			this.#paint(push);
			this.#giveBack(push.pane);
			this.#wake();
		});
		this.channel.onClose.on(() => this.#wake());
	}

	/** Asks, and checks the answer against its schema. */
	async ask<Operation extends HolderOperation>(
		operation: Operation,
		body: HolderRequest<Operation>,
	): Promise<HolderResponse<Operation>> {
		const answer = await this.channel.request(operation, body);
		return holderOperations[operation].response.parse(
			answer,
		) as HolderResponse<Operation>;
	}

	/** Starts a program in a pane of 80x24; it sees PATH, HOME and TERM. */
	spawn(
		pane: string,
		argv: readonly string[],
		more: Partial<HolderRequest<'spawn'>> = {},
	): Promise<PaneInfo> {
		return this.ask('spawn', {
			pane,
			generation: 1,
			argv,
			cwd: '/',
			columns: 80,
			rows: 24,
			ladder: { signals: ['SIGHUP', 'SIGTERM'], graceMs: 300 },
			recording: null,
			redact: [],
			...more,
			env: {
				PATH: process.env.PATH ?? '/usr/bin:/bin',
				HOME: '/',
				TERM: 'xterm-256color',
				PS1: '$ ',
				[testMark]: this.#holder.mark,
				...more.env,
			},
		});
	}

	/** Watches a pane without ever running out of credit, however many sets its output comes in. */
	async follow(pane: string): Promise<HolderResponse<'watch'>> {
		const answer = await this.ask('watch', { pane, credit: 64 });
		this.#followed.set(answer.number, pane);
		return answer;
	}

	async type(pane: string, text: string): Promise<void> {
		await this.ask('write', { pane, data: Buffer.from(text).toString('base64') });
	}

	/** Scrollback as text lines. */
	async history(body: HolderRequest<'history'>): Promise<{
		readonly answer: HolderResponse<'history'>;
		readonly lines: readonly string[];
	}> {
		const { body: answer, bytes } = await this.channel.requestWithBytes('history', body);
		return {
			answer: holderOperations.history.response.parse(answer),
			lines: bytes ? decodeRows(bytes).changed.map(textOf) : [],
		};
	}

	/** The screen that the pushed rows make, as trimmed lines. */
	screen(number: number): string {
		return (this.#screens.get(number) ?? []).join('\n').trimEnd();
	}

	/** Waits until the pushed rows show it. */
	async shows(number: number, wanted: string | RegExp): Promise<void> {
		await this.until(
			() => new RegExp(wanted, 'm').test(this.screen(number)),
			() => `pane ${number} does not show ${wanted}:\n${this.screen(number)}`,
		);
	}

	/** Waits until the holder says that this pane's program ended. */
	async exit(pane: string, generation = 1): Promise<ExitRecord> {
		const find = () =>
			this.pushes.find(
				(push) =>
					push.push === 'exit' &&
					push.exit.pane === pane &&
					push.exit.generation === generation,
			);
		await this.until(
			() => find() !== undefined,
			() => `${pane} has not ended`,
		);
		const found = find();
		if (found?.push !== 'exit') throw new Error('unreachable');
		return found.exit;
	}

	/** Looks again after each push and row set; fails when the connection ends. */
	until(holds: () => boolean, complaint: () => string): Promise<void> {
		return new Promise((done, fail) => {
			const check = () => {
				if (holds()) done();
				else if (this.channel.closed) fail(new Error(`closed: ${complaint()}`));
				else return;
				clearTimeout(patience);
				this.#waiting.delete(check);
			};
			const patience = setTimeout(() => {
				this.#waiting.delete(check);
				fail(new Error(complaint()));
			}, 90_000);
			this.#waiting.add(check);
			check();
		});
	}

	#wake(): void {
		for (const check of this.#waiting) check();
	}

	#giveBack(number: number): void {
		const pane = this.#followed.get(number);
		if (pane === undefined) return;
		// Refused where the pane or the connection is gone: nothing is owed then.
		void this.ask('credit', { pane, credit: 1 }).catch(() => undefined);
	}

	#paint(push: RowsPush): void {
		const before = push.full ? [] : (this.#screens.get(push.pane) ?? []);
		const lines = Array.from({ length: push.rows }, (_, row) => before[row] ?? '');
		for (const row of push.changed) lines[row.row] = textOf(row);
		this.#screens.set(push.pane, lines);
	}
}

function textOf({ cells }: ScreenRow): string {
	let text = '';
	for (let at = 0; at < cells.length; at += 3) {
		const code = (cells[at] ?? 0) & 0x1f_ffff;
		text += code === 0 ? ' ' : String.fromCodePoint(code);
	}
	return text.trimEnd();
}
