// One real CLI in a scratch repository, under the built weir, against the scripted model API.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentJson, InboxItemJson } from '../../src/protocol/status.ts';
import { prompts, type RealCli } from './clis/real-cli.ts';
import { type ModelApi, startModelApi } from './model-api.ts';
import { type Ran, type ScratchWeir, scratchWeir } from './weir.ts';

/** How long a trial waits for what has to come: a loaded machine takes ten times as long as a quiet one. */
const patienceMs = 240_000;

/** Of terminals, in turns. */
const sizes = [
	[80, 24],
	[100, 30],
	[200, 50],
] as const;

export interface LoggedEvent {
	readonly seq: number;
	readonly at: string;
	readonly kind: string;
	readonly data: { readonly [field: string]: string | undefined };
}

export class CliLab implements AsyncDisposable {
	readonly cli: RealCli;
	readonly weir: ScratchWeir;
	readonly api: ModelApi;
	/** What the user has, before anything was started: files by their hashes. */
	readonly before: ReadonlyMap<string, string>;

	/** Where the screens of states go; nowhere unless told. */
	readonly #screens: string | null;
	#started = 0;
	/** How often an agent had begun to work when its turn was last seen to be over. */
	readonly #turns = new Map<string, number>();

	static async open(cli: RealCli, screens: string | null = null): Promise<CliLab> {
		const api = await startModelApi(cli.scenes);
		return new CliLab(cli, api, scratchWeir(), screens);
	}

	private constructor(
		cli: RealCli,
		api: ModelApi,
		weir: ScratchWeir,
		screens: string | null,
	) {
		this.cli = cli;
		this.#screens = screens;
		this.api = api;
		this.weir = weir;
		const { HOME: home = '', XDG_CONFIG_HOME: config = '' } = weir.env;
		const { XDG_DATA_HOME: data = '' } = weir.env;
		const files = { ...cli.home, ...cli.homeOf?.(api.url, data) };
		for (const [name, text] of Object.entries(files)) put(join(home, name), text);
		put(join(config, 'weir', 'config.yaml'), cli.settings(api.url));
		this.before = this.users();
	}

	get env(): Readonly<Record<string, string>> {
		return this.cli.env(this.api.url);
	}

	async run(...args: string[]): Promise<Ran> {
		return this.must(await this.weir.runWith({ env: this.env }, ...args), args);
	}

	async start(name: string, prompt: string, ...options: string[]): Promise<void> {
		const [columns, rows] = this.#screens === null ? sizes[1] : this.#nextSize();
		const size = ['--columns', `${columns}`, '--rows', `${rows}`];
		const words = ['--agent', 'real', '--prompt', prompt, ...size, ...options];
		await this.run('new', name, ...words);
		const { worktree } = await this.weir.agent(name);
		this.api.words.set('{worktree}', worktree);
	}

	/** As `start`, in the mode in which it does what the trial wants of it. */
	async begin(name: string, need: 'question' | 'plan'): Promise<void> {
		const mode = this.cli.modes?.[need];
		if (mode === undefined) return await this.start(name, prompts[need]);
		await this.start(name, prompts.hello);
		await this.until(name, 'done');
		await this.run('send', name, `${mode} ${prompts[need]}`);
	}

	/** Waits for a state; fails with the one that it has instead. */
	async until(agent: string, ...states: string[]): Promise<AgentJson> {
		const found = await this.patiently(async () => {
			const now = await this.weir.agent(agent);
			const isOver = states.includes('done') && (await this.#hasRested(agent, now));
			return isOver || states.includes(now.state)
				? now
				: `${agent} is ${now.state}: ${now.why}`;
		});
		await this.record(agent, found.state);
		return found;
	}

	/** Idle once more, since it was last waited for: so ends a turn of who says nothing of being done. */
	async #hasRested(agent: string, { state }: AgentJson): Promise<boolean> {
		if (state !== this.cli.rests) return false;
		const turns = (await this.states(agent)).filter(
			(said) => said === `working by ${this.cli.reportsBy}`,
		);
		if (turns.length <= (this.#turns.get(agent) ?? 0)) return false;
		this.#turns.set(agent, turns.length);
		return true;
	}

	/** Keeps what an agent shows, as tests/corpus has it, under the state that weir takes it for. */
	async record(agent: string, state: string): Promise<void> {
		if (this.#screens === null) return;
		const { stdout } = await this.run('screen', agent);
		const said = (await this.states(agent)).join(', ');
		const name = `${agent}-${Date.now()}-${state}.txt`;
		const text = `state: ${state}\nstates: ${said}\n---\n${stdout}`;
		put(join(this.#screens, this.cli.name, name), text);
	}

	#nextSize(): (typeof sizes)[number] {
		this.#started += 1;
		return sizes[this.#started % sizes.length] ?? sizes[0];
	}

	/** An item of the inbox about the agent. */
	async item(agent: string, ...kinds: string[]): Promise<InboxItemJson> {
		const item = await this.patiently(async () => {
			const { items } = await this.weir.json<{ items: InboxItemJson[] }>('inbox');
			const found = items.find(
				({ name, kind, answerable }) =>
					name === agent && kinds.includes(kind) && answerable,
			);
			return found ?? `the inbox holds ${JSON.stringify(items)}`;
		});
		await this.record(agent, item.kind);
		return item;
	}

	async hasAsked(prompt: string): Promise<void> {
		await this.patiently(async () =>
			this.api.requests.some((one) => one.prompt === prompt)
				? true
				: `the model was not asked ${JSON.stringify(prompt)}`,
		);
	}

	/** Allows what it asks for until it is done. */
	async allowAll(agent: string): Promise<void> {
		await this.patiently(async () => {
			const asked = await this.allow(agent);
			const now = await this.weir.agent(agent);
			const isOver =
				now.state === 'done' || (!asked && (await this.#hasRested(agent, now)));
			return isOver && !asked ? true : `${agent} is ${now.state}: ${now.why}`;
		});
	}

	/** Allows what it asks for now; whether it asked. */
	async allow(agent: string): Promise<boolean> {
		const { items } = await this.weir.json<{ items: InboxItemJson[] }>('inbox');
		const asked = items.find(({ name, answerable }) => name === agent && answerable);
		if (asked) await this.weir.run('answer', asked.id, 'y');
		return asked !== undefined;
	}

	/** What the model was told, over all requests of one prompt. */
	told(prompt: string): string {
		return this.api.requests
			.filter((one) => one.prompt === prompt)
			.flatMap(({ said }) => said)
			.join('\n');
	}

	/** Says something more to an agent, and waits until its model hears of it. */
	async send(agent: string, prompt: string): Promise<void> {
		await this.run('send', agent, prompt);
		await this.hasAsked(prompt.split('\n', 1)[0] ?? '');
	}

	async log(): Promise<readonly LoggedEvent[]> {
		const ran = await this.run('log', '--json');
		return ran.stdout
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line).event);
	}

	/** States that the agent was in, each with its source, from an event on. */
	async states(agent: string, after = 0): Promise<readonly string[]> {
		const { id } = await this.weir.agent(agent);
		return (await this.log())
			.filter(({ seq, kind, data }) => {
				return seq > after && kind === 'agent.state' && data.agent === id;
			})
			.map(({ data }) => `${data.state} by ${data.source}`);
	}

	async patiently<T>(look: () => Promise<T | string>): Promise<T> {
		let last: T | string = 'nothing was looked at';
		for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(50)) {
			last = await look();
			if (typeof last !== 'string') return last;
		}
		throw new Error(last);
	}

	/** The user's files: home less what the CLI keeps there itself, checkout and git's own settings. */
	users(): ReadonlyMap<string, string> {
		const { HOME: home = '' } = this.weir.env;
		const git = join(this.weir.repo, '.git');
		const paths = [
			...filesBelow(home).filter((path) => !this.cli.own.test(relative(home, path))),
			...filesBelow(this.weir.repo, ['.git']),
			...filesBelow(join(git, 'hooks')),
			...filesBelow(join(git, 'info')),
			join(git, 'config'),
		];
		return new Map(paths.map((path) => [path, hashOf(path)]));
	}

	/** Whether the model was asked this. */
	asked(prompt: string): boolean {
		return this.api.requests.some((one) => one.prompt === prompt);
	}

	putHome(name: string, text: string): void {
		put(join(this.weir.env.HOME ?? '', name), text);
	}

	homeFile(name: string): string {
		return readFileSync(join(this.weir.env.HOME ?? '', name), 'utf8');
	}

	must(ran: Ran, args: readonly string[]): Ran {
		if (ran.code === 0) return ran;
		throw new Error(
			`weir ${args.join(' ')} ended with ${ran.code}: ${ran.stderr.trim()}`,
		);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		try {
			await this.weir.run('down', '--now');
			// CLIs leave folders in the temp folder; the scratch counts them as ours.
			const temp = this.weir.env.TMPDIR ?? '';
			for (const name of readdirSync(temp))
				rmSync(join(temp, name), { recursive: true, force: true });
			await this.weir.close();
		} finally {
			await this.api[Symbol.asyncDispose]();
		}
	}
}

function put(path: string, text: string): void {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, text);
}

function filesBelow(folder: string, without: readonly string[] = []): string[] {
	return readdirSync(folder, { withFileTypes: true })
		.filter(({ name }) => !without.includes(name))
		.flatMap((entry) => {
			const path = join(folder, entry.name);
			return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
		});
}

function hashOf(path: string): string {
	return createHash('sha256').update(readFileSync(path)).digest('hex');
}
