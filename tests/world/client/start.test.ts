import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { connect } from '../../../src/client/connect.ts';
import type { Connection } from '../../../src/client/connection.ts';
import { meetingPlace } from '../../../src/client/meeting-place.ts';
import { connectOrStart, type Start } from '../../../src/client/start.ts';
import { openJournalFolder } from '../../../src/journal/folder.ts';
import type { Outcome } from '../../../src/lib/outcome.ts';
import { granted, refusalOf } from '../../support/outcomes.ts';
import { startProgram } from '../../support/program.ts';
import { makeScratch } from '../../support/scratch.ts';

const fixture = (name: string) =>
	new URL(`../../fixtures/${name}`, import.meta.url).pathname;

function scene(behaviour = '') {
	const commonDir = makeScratch();
	const environment: NodeJS.ProcessEnv = {
		PATH: process.env.PATH,
		XDG_RUNTIME_DIR: makeScratch(),
		SMALL_SUPERVISOR: behaviour,
	};
	const start: Start = {
		commonDir,
		environment,
		version: '0.0.0',
		role: 'verb',
		program: fixture('small-supervisor.ts'),
		limitMs: 50_000,
	};
	return { commonDir, environment, start };
}

/** The connection, closed with the test, its supervisor killed. */
function met(outcome: Outcome<Connection>): Connection {
	const connection = granted(outcome);
	const { pid } = connection.supervisor;
	onTestFinished(() => {
		connection[Symbol.dispose]();
		if (existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGKILL');
	});
	return connection;
}

async function killSupervisor(connection: Connection): Promise<void> {
	const closed = new Promise((settle) => connection.onClose.on(settle));
	process.kill(connection.supervisor.pid, 'SIGKILL');
	await closed;
}

describe('connect or start', () => {
	test('starts a supervisor that stands on its own, and finds it the next time', async () => {
		const { start, environment } = scene();
		expect(refusalOf(await connect(start)).code).toBe('supervisor.none');
		expect(readdirSync(start.commonDir)).toEqual([]);
		expect(readdirSync(environment.XDG_RUNTIME_DIR ?? '')).toEqual([]);
		const first = met(await connectOrStart(start));
		const second = met(await connectOrStart(start));
		const { pid } = first.supervisor;
		expect(second.supervisor.pid).toBe(pid);
		expect(granted(await first.request('status', {}))).toEqual({
			cwd: '/',
			nodeEnv: 'production',
		});
		const session = readFileSync(`/proc/${pid}/stat`, 'utf8')
			.split(') ')[1]
			?.split(' ')[3];
		expect(Number(session)).toBe(pid);
	});

	test('leaves one supervisor when eight processes start at once', async () => {
		const { start, commonDir, environment } = scene();
		const clients = Array.from({ length: 8 }, () =>
			startProgram(
				[process.execPath, fixture('start-client.ts'), commonDir],
				environment,
			),
		);
		const said = await Promise.all(clients.map((client) => client.line(() => true)));
		const winner = met(await connect(start));
		expect(new Set(said)).toEqual(new Set([`pid ${winner.supervisor.pid}`]));
		await Promise.all(clients.map((client) => client.ended));
	});

	test('starts anew over the socket that a killed supervisor left behind', async () => {
		const { start, commonDir, environment } = scene();
		const first = met(await connectOrStart(start));
		await killSupervisor(first);
		expect(existsSync(granted(meetingPlace(environment, commonDir)).client)).toBe(true);
		expect(refusalOf(await connect(start)).code).toBe('supervisor.none');
		const second = met(await connectOrStart(start));
		expect(second.supervisor.pid).not.toBe(first.supervisor.pid);
	});

	test('meets the supervisor that another environment started', async () => {
		const { start, environment } = scene();
		const first = met(await connectOrStart(start));
		const elsewhere = { ...environment, XDG_RUNTIME_DIR: makeScratch() };
		const second = met(await connectOrStart({ ...start, environment: elsewhere }));
		expect(second.supervisor.pid).toBe(first.supervisor.pid);
	});

	test('tells why the supervisor refused to start', async () => {
		const { start } = scene('refuse');
		expect(refusalOf(await connectOrStart(start))).toEqual({
			code: 'journal.corrupt',
			message: 'It is damaged.',
			allow: 'mend it',
		});
	});

	test('tells that it crashed, and where its last words are', async () => {
		const { start, commonDir } = scene('crash');
		const refusal = refusalOf(await connectOrStart(start));
		const log = join(commonDir, 'weir', 'supervisor.log');
		expect(refusal).toMatchObject({ code: 'supervisor.died', allow: `read ${log}` });
		expect(refusal.message).toContain('the fixture crashes');
		expect(readFileSync(log, 'utf8')).toContain('the fixture crashes');
	});

	test('stops waiting for one that hangs while it starts', async () => {
		const { start, commonDir } = scene('hang');
		const refusal = refusalOf(await connectOrStart({ ...start, limitMs: 300 }));
		expect(refusal.code).toBe('supervisor.slow');
		// It is left running for a slow disk or machine; only this test knows that it never ends.
		const pid = await vi.waitFor(() => {
			const log = readFileSync(join(commonDir, 'weir', 'supervisor.log'), 'utf8');
			const said = log.match(/hangs as (\d+)/);
			if (!said) throw new Error('it has not said its pid yet');
			return Number(said[1]);
		}, 30_000);
		process.kill(pid, 'SIGKILL');
	});
});

describe('the greeting', () => {
	test('names both versions and the way out where the protocols differ', async () => {
		const { start } = scene('other-protocol');
		const refusal = refusalOf(await connectOrStart(start));
		expect(refusal.code).toBe('supervisor.other-version');
		expect(refusal.message).toContain('weir 9.9.9, this is weir 0.0.0');
		expect(refusal.allow).toBe('weir up --restart');
		met(await connect({ ...start, anyProtocol: true }));
	});

	test('is given up where nobody answers it', async () => {
		const { start, commonDir, environment } = scene();
		const server = createServer();
		granted(openJournalFolder(commonDir));
		const { client } = granted(meetingPlace(environment, commonDir));
		await new Promise<void>((bound) => server.listen(client, bound));
		onTestFinished(() => {
			server.close();
		});
		server.on('connection', (socket) => socket.end('not a frame at all'));
		expect(refusalOf(await connect(start)).code).toBe('supervisor.gone');
	});
});

describe('a request', () => {
	test('carries the refusal of the supervisor', async () => {
		const connection = met(await connectOrStart(scene().start));
		expect(refusalOf(await connection.request('loss', { agent: 'nobody' }))).toEqual({
			code: 'agent.unknown',
			message: 'there is no such agent',
			allow: 'weir list',
		});
	});

	test('ends when its time is up, when it is given up, and with the supervisor', async () => {
		const connection = met(await connectOrStart(scene().start));
		const ask = (patience: { timeoutMs: number | null; signal?: AbortSignal }) =>
			connection.request('remove', { agent: 'a', wait: true }, patience);
		expect(refusalOf(await ask({ timeoutMs: 20 })).code).toBe('supervisor.silent');
		const giveUp = AbortSignal.timeout(20);
		const given = await ask({ timeoutMs: null, signal: giveUp });
		expect(refusalOf(given).code).toBe('given-up');
		const endless = ask({ timeoutMs: null });
		const deadly = connection.request('kill', { agent: 'a', wait: true });
		expect(refusalOf(await endless).code).toBe('supervisor.gone');
		expect(refusalOf(await deadly).code).toBe('supervisor.gone');
		expect(refusalOf(await ask({ timeoutMs: null })).code).toBe('supervisor.gone');
	});

	test('is answered where the answer came while this process stood still', async () => {
		const { start, commonDir, environment } = scene();
		const connection = met(await connectOrStart(start));
		const asked = connection.request('status', {}, { timeoutMs: 1 });
		// Another client is greeted, so that the answer to this one has been sent before.
		const argv = [fixture('start-client.ts'), commonDir];
		expect(spawnSync(process.execPath, argv, { env: environment }).status).toBe(0);
		expect((await asked).ok).toBe(true);
	});

	test('too large for a frame is refused and harms nothing', async () => {
		const connection = met(await connectOrStart(scene().start));
		const text = 'x'.repeat(2 * 1024 * 1024);
		const large = await connection.request('send', { agent: 'a', text, enter: false });
		expect(refusalOf(large).code).toBe('supervisor.too-large');
		expect((await connection.request('status', {})).ok).toBe(true);
	});

	test('to attach is followed by pushes', async () => {
		const connection = met(await connectOrStart(scene().start));
		const pushed = new Promise((settle) => connection.onPush.on(settle));
		granted(await connection.request('attach', {}));
		expect(await pushed).toEqual({ push: 'events', events: [] });
	});
});
