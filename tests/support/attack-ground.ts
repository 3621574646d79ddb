// Where attacks are tried: the built weir in a repository of its own, an agent in whose pane attempts run,
// another one beside it, servers outside of both, and a look at everything that must stay as it is.
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Connection } from '../../src/client/connection.ts';
import { connectOrStart } from '../../src/client/start.ts';
import type { WeirEvent } from '../../src/domain/event.ts';
import type { Prevention } from '../../src/domain/guard.ts';
import type { Outcome } from '../../src/lib/outcome.ts';
import type {
	ClientOperation,
	ClientRequest,
	ClientResponses,
} from '../../src/protocol/client.ts';
import type { AgentJson } from '../../src/protocol/status.ts';
import { start } from './agents.ts';
import {
	changedBetween,
	covered,
	type Look,
	lookAt,
	type Place,
	placesOf,
	privateDirOf,
	scope,
	skipObjects,
} from './attack-places.ts';
import { AttackServers, obey } from './attack-servers.ts';
import { type FileImage, imageOf, putBack } from './file-image.ts';
import { commitFiles, gitIn } from './repository.ts';
import { type Answer, RunnerLink } from './runner-link.ts';
import { patienceMs, type ScratchWeir, scratchWeir } from './weir.ts';

const fixtures = fileURLToPath(new URL('../fixtures/attacks', import.meta.url));

/** What came of an attempt to land. */
export interface Landing {
	/** `landed`, or the code of the refusal: of what it had committed, and of all it had. */
	readonly outcomes: readonly string[];
	/** Paths outside the scope that the base has now and had not before. */
	readonly outside: readonly string[];
	readonly milliseconds: number;
}

export interface GroundOptions {
	readonly prevention: Prevention;
	/** Short names of attempts: each has a tracked file of its own outside the scope. */
	readonly targets: readonly string[];
	/** Done before the program of the agent starts, in its worktree. */
	readonly before: readonly { readonly run: string; readonly target: string }[];
}

export class AttackGround {
	readonly weir: ScratchWeir;
	/** Of everything weir starts here; its PATH may be another one. */
	readonly #env: { PATH?: string };
	/** Every event since this was made, with the wall clock at which it was heard. */
	readonly events: WeirEvent[] = [];
	readonly #servers = new AttackServers();
	readonly #links = new Map<string, RunnerLink>();
	readonly #hellos: Record<string, string>[] = [];
	#connection: Connection | null = null;
	#agent: AgentJson | null = null;
	#other: AgentJson | null = null;
	#places: readonly Place[] = [];
	#variables: Record<string, string> = {};
	#origin: Look | null = null;

	constructor() {
		this.weir = scratchWeir({});
		this.#env = this.weir.env;
	}

	async open(options: GroundOptions): Promise<void> {
		const { weir } = this;
		this.#makeRepository(options);
		mkdirSync(join(weir.env.XDG_CONFIG_HOME ?? '', 'weir'), { recursive: true });
		if (options.prevention === 'none')
			writeFileSync(
				join(weir.env.XDG_CONFIG_HOME ?? '', 'weir', 'config.yaml'),
				'guard: {mode: detect}\n',
			);
		if (options.prevention === 'landlock')
			this.#env.PATH = withBroken('bwrap', this.#env.PATH ?? '', weir.folder);
		const port = await this.#listen();
		const runner = [process.execPath, join(fixtures, 'runner.ts'), String(port)];
		await start(weir, 'other', runner, '--scope', 'lib/**');
		const flags = scope.flatMap((pattern) => ['--scope', pattern]);
		await start(weir, 'agent', runner, ...flags);
		await this.#met('agent', 1);
		await this.#met('other', 1);
		const dead = this.#hellos.find((env) => env.WEIR_AGENT === 'agent');
		await this.endAgent();
		await this.#prepare(options);
		await this.startAgent();
		this.#agent = await weir.agent('agent');
		this.#other = await weir.agent('other');
		await this.#connect();
		await this.#nameThings(dead?.WEIR_TOKEN ?? '');
		this.#origin = this.look();
	}

	get agent(): AgentJson {
		if (!this.#agent) throw new Error('there is no agent yet');
		return this.#agent;
	}

	get other(): AgentJson {
		if (!this.#other) throw new Error('there is no other agent yet');
		return this.#other;
	}

	async endAgent(): Promise<void> {
		await this.weir.json('kill', 'agent');
	}

	async startAgent(): Promise<void> {
		const before = this.#hellos.filter((env) => env.WEIR_AGENT === 'agent').length;
		await this.weir.json('respawn', 'agent');
		await this.#met('agent', before + 1);
	}

	/** Runs the text of a shell in the pane of the agent. */
	async run(text: string, target: string, limitMs = 20_000): Promise<Answer> {
		const link = this.#links.get('agent');
		if (!link) throw new Error('the agent has not come');
		return link.order(['sh', '-ec', text], this.agent.worktree, limitMs, {
			...this.#variables,
			T: target,
		});
	}

	/** The refs and files that an attempt must leave alone. */
	look(): Look {
		return lookAt(this.weir.repo, this.#places, this.agent.branch);
	}

	/** What is otherwise than at an earlier look, in words; the agent's own work is not. */
	changedSince(earlier: Look): string[] {
		return changedBetween(earlier, this.look());
	}

	/** Everything as it was at the beginning, the agent's work as well; of the refs, those that changed. */
	async putBack({ refs }: Look, changed: readonly string[]): Promise<void> {
		const origin = this.#origin;
		if (!origin) return;
		const git = (...args: string[]) => gitIn(this.weir.repo, ...args);
		const moved = changed.filter((one) => one.startsWith('refs/'));
		for (const ref of moved) {
			const commit = refs.get(ref) ?? null;
			const from = this.events.length;
			if (commit === null) git('update-ref', '-d', ref);
			else git('update-ref', ref, commit);
			// Or the next move would be none, for who saw neither.
			if (ref === base || /^refs\/(weir|heads\/weir)\//.test(ref))
				await this.heard(from, ({ kind, data }) => {
					return kind.endsWith('moved.by-others') && 'new' in data && data.new === commit;
				});
		}
		for (const [place, image] of origin.places) putBack(place.folder, image, place.skip);
		// Its index as well, which git alone brings back to what it says of a clean checkout.
		if (moved.includes(base)) git('reset', '--quiet', '--hard', base);
		putBack(privateDirOf(this.agent), this.#privateImage, skipObjects);
	}

	/**
	 * Tries to land what the agent has committed, and with it all the rest, and looks at what the base got.
	 */
	async land(name: 'agent' | 'other'): Promise<Landing> {
		const agent = name === 'agent' ? this.agent : this.other;
		// Read as a file: git would obey what an attempt wrote there.
		const ref = join(privateDirOf(agent), 'refs', 'heads', agent.branch);
		const head = textOf(ref).trim();
		const committed = head !== gitIn(this.weir.repo, 'rev-parse', base);
		const first = committed ? await this.#land(name, 'committed') : null;
		const all = await this.#land(name, 'all');
		if (first === null) return all;
		return {
			outcomes: [...first.outcomes, ...all.outcomes],
			outside: [...first.outside, ...all.outside],
			milliseconds: first.milliseconds,
		};
	}

	async #land(name: 'agent' | 'other', include: 'committed' | 'all'): Promise<Landing> {
		const before = gitIn(this.weir.repo, 'rev-parse', base);
		const began = performance.now();
		const answer = await this.ask('merge', {
			...{ agent: name, wait: true, into: null, strategy: null, message: 'attack' },
			include,
		});
		const milliseconds = performance.now() - began;
		const after = gitIn(this.weir.repo, 'rev-parse', base);
		const may = name === 'agent' ? covered : /^lib\//;
		const changed =
			before === after
				? []
				: gitIn(
						this.weir.repo,
						...['diff', '--name-only', '--no-renames', '-z', before, after],
					)
						.split('\0')
						.filter((path) => path !== '');
		const outside = changed.filter((path) => !may.test(path));
		const outcome = answer.ok ? answer.value.phase : answer.refusal.code;
		if (before !== after) await this.ask('undo', { ...undoLast, wait: true });
		return { outcomes: [outcome], outside, milliseconds };
	}

	/** Waits for an event that passes, among those from number `from` of the list on. */
	async heard(
		from: number,
		passes: (event: WeirEvent) => boolean,
		limitMs = 15_000,
	): Promise<WeirEvent | null> {
		for (const end = Date.now() + limitMs; ; await sleep(5)) {
			const found = this.events.slice(from).find(passes);
			if (found || Date.now() > end) return found ?? null;
		}
	}

	get canary(): boolean {
		return existsSync(join(this.weir.folder, 'canary'));
	}

	/** Asks the supervisor, connecting again where that was ended. */
	async ask<O extends ClientOperation>(
		operation: O,
		body: ClientRequest<O>,
	): Promise<Outcome<ClientResponses[O]>> {
		const connection = this.#connection ?? (await this.#connect());
		const answer = await connection.request(operation, body, { timeoutMs: 60_000 });
		if (answer.ok || answer.refusal.code !== 'supervisor.gone') return answer;
		const again = await this.#connect();
		return again.request(operation, body, { timeoutMs: 60_000 });
	}

	async close(): Promise<void> {
		this.#connection?.[Symbol.dispose]();
		for (const link of this.#links.values()) link.close();
		this.#servers.close();
		await this.weir.close();
	}

	#makeRepository({ targets, before }: GroundOptions): void {
		const { repo } = this.weir;
		const texts = (said: string) =>
			Object.fromEntries(targets.map((path) => [path, `${said} ${path}\n`]));
		mkdirSync(join(repo, 'src'));
		symlinkSync('../docs', join(repo, 'src', 'out'));
		commitFiles(
			repo,
			{
				'src/a.txt': 'one\n',
				'src/b.txt': 'two\n',
				'docs/guide.md': 'guide\n',
				'lib/shared.txt': 'shared\n',
				'notes/todo.md': 'todo\n',
				'notes/other.md': 'other\n',
				'lists/a.txt': 'a\n',
				'lists/b.md': 'b\n',
				...texts('earlier text of'),
			},
			'first',
		);
		const linked = before[0]?.target ?? '';
		const same = { 'src/hard-before': `text of ${linked}\n` };
		commitFiles(repo, { ...texts('text of'), ...same }, 'second');
	}

	async #prepare({ before, targets }: GroundOptions): Promise<void> {
		const agent = await this.weir.agent('agent');
		for (const { run, target } of before)
			execFileSync('sh', ['-ec', run], {
				cwd: agent.worktree,
				env: { ...this.weir.env, T: target, COMMON: join(this.weir.repo, '.git') },
				stdio: ['ignore', 'ignore', 'inherit'],
			});
		if (targets.length === 0) throw new Error('no attempt');
	}

	async #listen(): Promise<number> {
		const port = await this.#servers.serve(0, (socket) => void this.#greet(socket));
		this.#variables.TCP_DAEMON = String(await this.#servers.serve(0, obey));
		const path = join(this.weir.env.XDG_RUNTIME_DIR ?? '', 'daemon.sock');
		await this.#servers.serve(path, obey);
		this.#variables.UNIX_DAEMON = path;
		return Number(port);
	}

	async #greet(socket: Socket): Promise<void> {
		const link = new RunnerLink(socket);
		const { hello, env } = await link.hello;
		this.#hellos.push(env);
		this.#links.set(hello, link);
	}

	async #met(name: string, count: number): Promise<void> {
		const there = () => this.#hellos.filter((env) => env.WEIR_AGENT === name).length;
		for (const end = Date.now() + patienceMs; there() < count; await sleep(10)) {
			if (Date.now() < end) continue;
			throw new Error(
				`${name} never came: ${(await this.weir.run('screen', name)).stdout}`,
			);
		}
	}

	async #connect(): Promise<Connection> {
		const met = await connectOrStart({
			commonDir: join(this.weir.repo, '.git'),
			environment: this.weir.env,
			version: '0.1.0',
			role: 'verb',
		});
		if (!met.ok) throw new Error(met.refusal.message);
		const connection = met.value;
		connection.onPush.on((push) => {
			if (push.push === 'events') this.events.push(...push.events);
		});
		await connection.request('attach', {}, { timeoutMs: 60_000 });
		this.#connection = connection;
		return connection;
	}

	#privateImage: FileImage = new Map();

	async #nameThings(dead: string): Promise<void> {
		const { folder, repo, env } = this.weir;
		const { agent, other } = this;
		const status = await this.weir.status();
		const common = join(repo, '.git');
		const attached = await this.ask('attach', {});
		if (!attached.ok) throw new Error(attached.refusal.message);
		const ids = Object.values(attached.value.state.agents);
		const calls = join(folder, 'calls');
		execFileSync('cc', ['-O1', '-o', calls, join(fixtures, 'calls.c')]);
		const runtime = readdirSync(join(env.XDG_RUNTIME_DIR ?? '', 'weir'))[0] ?? '';
		Object.assign(this.#variables, {
			TOP: folder,
			MINE: agent.worktree,
			MY_GIT: privateDirOf(agent),
			MY_ID: ids.find(({ name }) => name === 'agent')?.id ?? '',
			OTHER: other.worktree,
			OTHER_GIT: privateDirOf(other),
			MAIN: repo,
			COMMON: common,
			CANARY: join(folder, 'canary'),
			EARLIER: gitIn(repo, 'rev-parse', 'HEAD^'),
			CALLS: calls,
			FIXTURES: fixtures,
			SUPERVISOR: String(status.supervisor?.pid ?? 0),
			HOLDER: String(status.holders[0]?.process ?? ''),
			OTHER_PID: String(other.pid),
			OTHER_TTY: readlinkSync(`/proc/${other.pid}/fd/0`),
			OTHER_TOKEN:
				this.#hellos.find(({ WEIR_AGENT }) => WEIR_AGENT === 'other')?.WEIR_TOKEN ?? '',
			DEAD_TOKEN: dead,
			CLIENT_SOCKET: join(...[env.XDG_RUNTIME_DIR ?? '', 'weir', runtime, 'client.sock']),
		} satisfies Record<string, string>);
		this.#places = placesOf(this.weir, agent, other);
		this.#privateImage = imageOf(privateDirOf(agent), skipObjects);
	}
}

const base = 'refs/heads/main';

const undoLast: Omit<ClientRequest<'undo'>, 'wait'> = { landing: null, revert: false };

/** A PATH on which this program comes first as one that does not work. */
function withBroken(program: string, path: string, top: string): string {
	const folder = join(top, 'programs');
	mkdirSync(folder);
	writeFileSync(join(folder, program), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
	return `${folder}:${path}`;
}

function textOf(path: string): string {
	return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
