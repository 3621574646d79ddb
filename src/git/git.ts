// The one raw runner. It decides nothing: it starts git with a fixed environment and neutral
// configuration and hands back exit code and bytes. No hook, file system monitor, filter, prompt,
// editor or pager runs below it (filters and drivers are named per repository: `neutral`).
import { setTimeout as sleep } from 'node:timers/promises';
import { type LightChild, type LightStart, startLight } from '../lib/light-child.ts';
import { nameBytes, nameText } from '../lib/name-bytes.ts';
import { signalGroup } from '../lib/signal-group.ts';

/** Where a command works. Always named, never found by walking up from a folder. */
export interface GitPlace {
	readonly gitDir: string;
	readonly workTree?: string;
	/** Another index than the one of `gitDir`. */
	readonly index?: string;
	/** Where new objects go instead of `gitDir`; it borrows what else is read. */
	readonly objects?: string;
	/** `key=value` pairs that neutralise the programs a repository's configuration names. */
	readonly neutral?: readonly string[];
	/** Carries out a change of refs by weir, so that nobody else's is taken for it. */
	readonly follow?: FollowRefs;
}

export type FollowRefs = <T extends { readonly ok: boolean }>(
	changes: readonly {
		readonly ref: string;
		readonly from: string | null;
		readonly to: string | null;
	}[],
	carryOut: () => Promise<T>,
) => Promise<T>;

export interface GitOptions {
	readonly input?: string | Uint8Array;
	/** Milliseconds until the command and its children are ended; 60,000 unless told. */
	readonly timeoutMs?: number;
	readonly signal?: AbortSignal;
	/** Bytes of output after which the command is ended and fails; 64 MiB unless told. */
	readonly maxBytes?: number;
	/** Further `key=value` configuration. */
	readonly config?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
	readonly onStderr?: (text: string) => void;
	/** Takes the output as it comes; then nothing of it is kept, and `maxBytes` does not count. */
	readonly onStdout?: (bytes: Buffer) => void;
	readonly onSpawn?: (pid: number) => void;
}

export interface GitResult {
	readonly code: number;
	readonly stdout: Buffer;
	readonly stderr: string;
}

/** git ended with an exit code that the caller did not expect. */
export class GitFailure extends Error {
	readonly code: number;
	readonly stderr: string;

	constructor(args: readonly string[], result: GitResult) {
		const said = result.stderr.trim().split('\n').slice(-3).join(' ');
		super(`git ${args.slice(0, 3).join(' ')} ended with ${result.code}: ${said}`);
		this.name = 'GitFailure';
		this.code = result.code;
		this.stderr = result.stderr;
	}
}

/** Runs git and returns whatever exit code it had; throws when git could not be run to its end. */
export async function runGit(
	place: GitPlace | null,
	args: readonly string[],
	options: GitOptions = {},
): Promise<GitResult> {
	const argv = [...argvOf(place, options), ...args];
	const env = { ...environment(), ...placeEnv(place), ...options.env };
	for (const pause of [...lockPauses, null]) {
		const result = await once({ argv, env, place, name: args[0] ?? '' }, options);
		if (pause === null || result.code === 0 || !isLockTrouble(result.stderr))
			return result;
		await sleep(pause, undefined, { signal: options.signal });
	}
	throw new Error('unreachable: the last round has no pause');
}

/** Runs git, expects exit code 0 and returns its output; anything else throws `GitFailure`. */
export async function git(
	place: GitPlace | null,
	args: readonly string[],
	options: GitOptions = {},
): Promise<Buffer> {
	const result = await runGit(place, args, options);
	if (result.code !== 0) throw new GitFailure(args, result);
	return result.stdout;
}

/** As `git`, as text without the line end. */
export async function gitText(
	place: GitPlace | null,
	args: readonly string[],
	options: GitOptions = {},
): Promise<string> {
	return (await git(place, args, options)).toString('utf8').replace(/\n$/, '');
}

/** As `git`, for output of `-z`: the fields between the NULs. */
export async function gitList(
	place: GitPlace | null,
	args: readonly string[],
	options: GitOptions = {},
): Promise<string[]> {
	return splitNul(await git(place, args, options));
}

export function splitNul(bytes: Buffer): string[] {
	const fields = nameText(bytes).split('\0');
	if (fields.at(-1) === '') fields.pop();
	return fields;
}

/** What of the caller's environment a git of ours may see: who the user is, no editor, no pager. */
export function environment(): Record<string, string> {
	const env: Record<string, string> = { ...fixedEnvironment };
	for (const name of inherited) {
		const value = process.env[name];
		if (value !== undefined) env[name] = value;
	}
	return env;
}

/** Configuration that every command of ours carries, as `key=value`. */
export const neutralConfig: readonly string[] = [
	'core.fsmonitor=false',
	'core.hooksPath=/dev/null',
	'core.sshCommand=false',
	'core.quotePath=false',
	// A copied index must stand on its own.
	'core.splitIndex=false',
	// git flushes neither loose objects nor refs by default; batch keeps it at one flush a command.
	'core.fsync=all',
	'core.fsyncMethod=batch',
	'protocol.allow=never',
	'protocol.file.allow=always',
	'protocol.ext.allow=never',
	'fetch.fsckObjects=true',
	'fetch.recurseSubmodules=false',
	'submodule.recurse=false',
	'gc.auto=0',
	'maintenance.auto=false',
	'commit.gpgSign=false',
	'log.showSignature=false',
	'color.ui=false',
	'advice.detachedHead=false',
	'advice.addEmbeddedRepo=false',
];

const inherited = [
	'PATH',
	'HOME',
	'USER',
	'LOGNAME',
	'TMPDIR',
	'TZ',
	'XDG_CONFIG_HOME',
	'XDG_CACHE_HOME',
	'GNUPGHOME',
	'SSH_AUTH_SOCK',
	// Where the user says who they are: the rest of GIT_* would steer git elsewhere.
	'GIT_CONFIG_GLOBAL',
	'GIT_AUTHOR_NAME',
	'GIT_AUTHOR_EMAIL',
	'GIT_COMMITTER_NAME',
	'GIT_COMMITTER_EMAIL',
];

const fixedEnvironment = {
	LC_ALL: 'C',
	GIT_CONFIG_NOSYSTEM: '1',
	GIT_ATTR_NOSYSTEM: '1',
	GIT_OPTIONAL_LOCKS: '0',
	GIT_NO_REPLACE_OBJECTS: '1',
	GIT_NO_LAZY_FETCH: '1',
	GIT_LITERAL_PATHSPECS: '1',
	GIT_TERMINAL_PROMPT: '0',
	GIT_ASKPASS: 'false',
	SSH_ASKPASS: 'false',
	GIT_EDITOR: 'false',
	GIT_SEQUENCE_EDITOR: 'false',
	GIT_PAGER: 'cat',
	GIT_PROGRESS_DELAY: '0',
	GIT_MERGE_AUTOEDIT: 'no',
} as const;

/** A lock of another git is usually gone within milliseconds; after 1.55 s it is reported. */
const lockPauses: readonly number[] = [50, 100, 200, 400, 800];

const lockTrouble = new RegExp(
	[
		"Unable to create '[^']*\\.lock': File exists",
		'could not lock config file',
		'[Uu]nable to lock',
		// `git gc` of the user took away the empty folder that an object was to go into.
		'unable to create temporary file: No such file or directory',
		// Another `git worktree add` or `remove` was half done.
		'failed to read \\S*/worktrees/',
	].join('|'),
);

function isLockTrouble(stderr: string): boolean {
	return lockTrouble.test(stderr);
}

function argvOf(place: GitPlace | null, options: GitOptions): string[] {
	// In the arguments rather than the environment, so that a process list tells ours by repository.
	const argv = ['--no-pager'];
	if (place) argv.push(`--git-dir=${place.gitDir}`);
	if (place?.workTree !== undefined) argv.push(`--work-tree=${place.workTree}`);
	const pairs = [...neutralConfig, ...(place?.neutral ?? []), ...(options.config ?? [])];
	for (const pair of pairs) argv.push('-c', pair);
	return argv;
}

function placeEnv(place: GitPlace | null): Record<string, string> {
	return {
		...(place?.index === undefined ? {} : { GIT_INDEX_FILE: place.index }),
		...(place?.objects === undefined ? {} : { GIT_OBJECT_DIRECTORY: place.objects }),
	};
}

const stderrKept = 64 * 1024;

interface Run {
	readonly argv: readonly string[];
	readonly env: Record<string, string>;
	readonly place: GitPlace | null;
	readonly name: string;
}

async function startGit(argv: readonly string[], start: LightStart): Promise<LightChild> {
	try {
		return await startLight(['git', ...argv], start);
	} catch (cause) {
		throw new Error('git could not be started', { cause });
	}
}

async function once(run: Run, options: GitOptions): Promise<GitResult> {
	const { argv, env, name } = run;
	const maxBytes = options.maxBytes ?? 64 * 1024 * 1024;
	const cwd = options.cwd ?? run.place?.workTree ?? run.place?.gitDir ?? '/';
	options.signal?.throwIfAborted();
	const child = await startGit(argv, { env, cwd });
	const chunks: Buffer[] = [];
	let bytes = 0;
	let stderr = '';
	let trouble: Error | undefined;
	let firm: NodeJS.Timeout | undefined;

	// Its group, so that a command and the helpers it starts end together.
	const end = (error: Error) => {
		trouble ??= error;
		signalGroup(child.pid, 'SIGTERM');
		firm ??= setTimeout(() => signalGroup(child.pid, 'SIGKILL'), 2_000);
	};
	const timer = setTimeout(
		() => end(new Error(`git ${name} did not end in time`)),
		options.timeoutMs ?? 60_000,
	);
	const onAbort = () => end(new Error(`git ${name} was cancelled`));
	options.signal?.addEventListener('abort', onAbort, { once: true });
	child.stdout.on('data', (chunk: Buffer) => {
		if (options.onStdout) return options.onStdout(chunk);
		bytes += chunk.length;
		if (bytes <= maxBytes) chunks.push(chunk);
		else end(new Error(`git ${name} said more than ${maxBytes} bytes`));
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr = (stderr + text).slice(-stderrKept);
		options.onStderr?.(text);
	});
	// A command that ends before it read its input closes the pipe; its exit code tells why.
	child.stdin.on('error', () => undefined);
	const { input = '' } = options;
	child.stdin.end(typeof input === 'string' ? nameBytes(input) : input);
	// Called off while it was started, or by whoever is told of it.
	if (options.signal?.aborted) onAbort();
	if (child.pid !== undefined) options.onSpawn?.(child.pid);
	try {
		const { code, signal } = await child.ended;
		if (trouble) throw trouble;
		if (code === null) throw new Error(`git ${name} was ended by ${signal}`);
		return { code, stdout: Buffer.concat(chunks), stderr };
	} finally {
		clearTimeout(timer);
		clearTimeout(firm);
		options.signal?.removeEventListener('abort', onAbort);
	}
}
