// weir's own agent in a scratch folder, against the scripted model API.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import type { Written } from '../../src/agent/entry.ts';
import { type ModelApi, type Scene, startModelApi } from './model-api.ts';
import { gitIn } from './repository.ts';
import { makeScratch } from './scratch.ts';

const program = new URL('../fixtures/own-agent.ts', import.meta.url).pathname;

/** Of the 0.8 s that a start of the sources takes, stripping their types and compiling them is more than half. */
const compiled = mkdtempSync(join(tmpdir(), 'weir-compiled-'));
afterAll(() => rmSync(compiled, { recursive: true, force: true }));

export type Dialect = 'anthropic' | 'openai' | 'chat';

export interface Printed {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

export interface OwnAgent {
	/** The folder in which it works, a repository. */
	readonly folder: string;
	readonly api: ModelApi;
	readonly env: Readonly<Record<string, string>>;
	readonly argv: (...args: readonly string[]) => readonly string[];
	/** One turn without a terminal. */
	print(...args: readonly string[]): Promise<Printed>;
	start(...args: readonly string[]): ChildProcess;
	/** All that its transcript holds. */
	entries(conversation?: string): readonly Written[];
	/** The transcript as it is. */
	transcript(conversation?: string): string;
}

/** Everything ends with the test. With no dialect it has no key. */
export async function openOwnAgent(
	scenes: readonly Scene[],
	dialect: Dialect | null = 'anthropic',
	more: Readonly<Record<string, string>> = {},
): Promise<OwnAgent> {
	const api = await startModelApi(scenes);
	onTestFinished(() => api[Symbol.asyncDispose]());
	const scratch = makeScratch();
	const folder = join(scratch, 'work');
	mkdirSync(folder);
	gitIn(folder, 'init', '--quiet', '-b', 'main');
	const key = 'sk-of-the-test-only-0123456789';
	const env = {
		PATH: process.env.PATH ?? '/usr/bin:/bin',
		HOME: scratch,
		TERM: 'xterm-256color',
		XDG_DATA_HOME: join(scratch, 'data'),
		NODE_COMPILE_CACHE: compiled,
		...more,
		...(dialect === 'anthropic'
			? { ANTHROPIC_BASE_URL: api.url, ANTHROPIC_API_KEY: key }
			: {}),
		...(dialect === 'openai' || dialect === 'chat'
			? {
					// Below `old` there are no Responses.
					OPENAI_BASE_URL: `${api.url}/${dialect === 'chat' ? 'old/' : ''}v1`,
					OPENAI_API_KEY: key,
				}
			: {}),
	};
	const argv = (...args: readonly string[]) => [process.execPath, program, ...args];
	const file = (conversation?: string) => {
		const kept = join(env.XDG_DATA_HOME, 'weir', 'conversations');
		const found = readdirSync(kept).filter((name) => name.endsWith('.jsonl'));
		const name = conversation === undefined ? found[0] : `${conversation}.jsonl`;
		return readFileSync(join(kept, name ?? ''), 'utf8');
	};
	const agent: OwnAgent = {
		...{ folder, api, env, argv },
		start(...args) {
			const [command = '', ...words] = argv('--print', ...args);
			const child = spawn(command, words, { cwd: folder, env, stdio: 'pipe' });
			onTestFinished(async () => {
				if (child.exitCode !== null || child.signalCode !== null) return;
				child.kill('SIGKILL');
				await once(child, 'close');
			});
			return child;
		},
		async print(...args) {
			const child = agent.start(...args);
			let stdout = '';
			let stderr = '';
			child.stdout?.on('data', (bytes) => (stdout += bytes));
			child.stderr?.on('data', (bytes) => (stderr += bytes));
			const [code] = await once(child, 'close');
			return { code: typeof code === 'number' ? code : null, stdout, stderr };
		},
		transcript: file,
		entries: (conversation) =>
			file(conversation)
				.trim()
				.split('\n')
				.map((line) => JSON.parse(line)),
	};
	return agent;
}
