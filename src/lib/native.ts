// Every native call of the project, through koffi, which is loaded by the first call that needs it.
// Linux first. Where a system cannot do a thing, the function says so by its answer and never by
// doing something else.
import { closeSync, constants as files, openSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Server, Socket } from 'node:net';
import { constants } from 'node:os';
import type { LibraryHandle } from 'koffi';

export interface PeerCredentials {
	readonly pid: number;
	readonly uid: number;
	readonly gid: number;
}

/** Errors of a descriptor that does not block, after which something may come. */
const waiting: ReadonlySet<number> = new Set([
	constants.errno.EAGAIN,
	constants.errno.EINTR,
]);

/** First descriptor behind standard input, output and error. */
const firstForeign = 3;

/**
 * Loads koffi and finds all functions now rather than at the first call. A program that outlives
 * an upgrade on disk calls this at start. Throws where koffi has no build for this machine.
 */
export function loadNative(): void {
	library();
}

/** Whether `loadNative` was called: a program that must start at once does without. */
export function isNativeLoaded(): boolean {
	return loaded !== undefined;
}

/**
 * Makes this process the new parent of every orphan among its descendants, whatever session it
 * went to (PR_SET_CHILD_SUBREAPER). Survives exec, not fork. False where there is no such thing.
 * Adopted orphans that end stay as zombies until `reap` is called for them.
 */
export function becomeSubreaper(): boolean {
	const { prctl } = library();
	return prctl !== null && prctl(prSetChildSubreaper, 1, 0, 0, 0) === 0;
}

/**
 * Overwrites the value of a variable where this process was given it: `/proc/PID/environ` shows that very
 * memory, to every program of the same user. `process.env` has it empty then.
 */
export function wipeVariable(name: string): void {
	const { getenv, memset } = library();
	const value = process.env[name];
	if (value === undefined) return;
	const place = getenv(name);
	if (place !== null) memset(place, 0, Buffer.byteLength(value));
}

/**
 * Who opened the other end of a connected Unix socket, told by the kernel (SO_PEERCRED; on macOS
 * LOCAL_PEERPID, unverified). Null for other sockets and on other systems.
 */
export function peerCredentials(fd: number): PeerCredentials | null {
	if (process.platform === 'linux') {
		const found = new Int32Array(3);
		if (!readOption(fd, linuxSocket.level, linuxSocket.peerCredentials, found))
			return null;
		const [pid = 0, uid = -1, gid = -1] = found;
		// A socket without a peer, and one of the internet, answers with pid 0.
		return pid > 0 ? { pid, uid, gid } : null;
	}
	if (process.platform !== 'darwin') return null;
	const peer = new Int32Array(1);
	const ids = new Uint32Array(2);
	const found =
		readOption(fd, darwinSocket.level, darwinSocket.peerPid, peer) &&
		library().getpeereid?.(fd, ids.subarray(0, 1), ids.subarray(1)) === 0;
	const [pid = 0] = peer;
	const [uid = -1, gid = -1] = ids;
	return found && pid > 0 ? { pid, uid, gid } : null;
}

/**
 * The descriptor of a connected socket or a listening server, null once it is closed. Node has no
 * public way to it.
 */
export function descriptorOf(socket: Socket | Server): number | null {
	// The handle of libuv has been at `_handle.fd` since Node 0.6; typed here, where it is checked.
	const { _handle: handle } = socket as { _handle?: { fd?: unknown } | null };
	const fd = handle?.fd;
	return typeof fd === 'number' && fd >= 0 ? fd : null;
}

/** Keeps the descriptor from programs started later. False where it is not open. */
export function setCloseOnExec(fd: number): boolean {
	return library().fcntl(fd, setDescriptorFlags, 'int', closeOnExec) === 0;
}

/** Another number for the same open file, kept from programs; the caller closes it. Null on failure. */
export function duplicate(fd: number): number | null {
	const copy = library().fcntl(fd, duplicateOnExec, 'int', firstForeign);
	return copy < 0 ? null : copy;
}

/** Keeps `first` and every higher descriptor that is open now from programs started later. */
export function setCloseOnExecFrom(first: number): void {
	const { closeRange } = library();
	if (closeRange?.(sysCloseRange, first, 0xffff_ffff, closeRangeOnExec) === 0) return;
	// A kernel before 5.11, a seccomp filter, or not Linux.
	for (const entry of readdirSync('/dev/fd')) {
		const fd = Number(entry);
		if (fd >= first) setCloseOnExec(fd);
	}
}

/**
 * Reads what is there from a descriptor that does not block, into `into`: how many bytes, 0 where
 * nothing is there, null where nothing will come any more. In contrast to `readSync` none of it is an
 * exception, which would cost more than the read.
 */
export function readNow(fd: number, into: Uint8Array): number | null {
	const count = Number(library().read(fd, into, into.length));
	if (count > 0) return count;
	return count < 0 && waiting.has(library().errno()) ? 0 : null;
}

/** Gives memory that was freed back to the system; nothing where its C library has no such call. */
export function trimMemory(): void {
	library().mallocTrim?.(0);
}

/**
 * Takes the exit status of one ended child, so that its pid is free again; never waits. False
 * where it has not ended or is no child of this process. Not for a child that Node or node-pty
 * started: they wait for it themselves and would never hear of its end.
 */
export function reap(pid: number): boolean {
	// 0 and below would take the status of any child.
	return pid > 0 && library().waitpid(pid, null, waitNoHang) === pid;
}

/** How a child ended. */
export interface ExitStatus {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
}

/** As `reap`, with how it ended; null while it runs, and both null of one that is no child. */
export function exitOf(pid: number): ExitStatus | null {
	const status = new Int32Array(1);
	if (pid <= 0) return { code: null, signal: null };
	const found = library().waitpid(pid, status, waitNoHang);
	if (found === 0) return null;
	if (found !== pid) return { code: null, signal: null };
	const [word = 0] = status;
	const number = word & 0x7f;
	if (number === 0) return { code: (word >> 8) & 0xff, signal: null };
	const names = Object.entries(constants.signals) as [NodeJS.Signals, number][];
	return { code: null, signal: names.find(([, one]) => one === number)?.[0] ?? null };
}

/** A program, and this end of the pipes to its standard streams: the caller closes them. */
export interface StartedProgram {
	readonly pid: number;
	readonly streams: readonly [number, number, number];
}

/**
 * Starts a program, found on PATH, in a session of its own with default signals. Node copies its process
 * for that, and stands still until the program runs; this copies nothing, and a thread of the pool waits.
 * The errno where it fails, null where the system has no such call.
 */
export async function startProgram(
	argv: readonly [string, ...string[]],
	environment: readonly string[],
	folder: string,
): Promise<StartedProgram | number | null> {
	const { spawning, errno } = library();
	if (spawning === null) return null;
	const own: number[] = [];
	const theirs: number[] = [];
	const plan = new Uint8Array(spawnRecordBytes);
	const pid = new Int32Array(1);
	let failure = spawning.beginPlan(plan);
	try {
		for (let stream = 0; failure === 0 && stream < firstForeign; stream += 1) {
			const pipe = new Int32Array(2);
			if (spawning.pipe(pipe, pipeCloseOnExec) !== 0) return closeAll(own, errno());
			const [reads = -1, writes = -1] = pipe;
			own.push(stream === 0 ? writes : reads);
			theirs.push(stream === 0 ? reads : writes);
			failure = spawning.planStream(plan, theirs.at(-1) ?? -1, stream);
		}
		failure ||= spawning.planFolder(plan, folder);
		failure ||= await spawning.spawn(
			...([pid, argv[0], plan, spawning.attributes] as const),
			...([
				[...argv, null],
				[...environment, null],
			] as const),
		);
	} finally {
		closeAll(theirs, 0);
		spawning.endPlan(plan);
	}
	if (failure !== 0) return closeAll(own, failure);
	const [input = -1, output = -1, errors = -1] = own;
	return { pid: pid[0] ?? 0, streams: [input, output, errors] };
}

function closeAll(descriptors: readonly number[], errno: number): number {
	for (const fd of descriptors) closeSync(fd);
	return errno;
}

/** Wears a mark of `lineage.ts`. False where the system has none or it may not be raised. */
export function wearMark(mark: string): boolean {
	if (process.platform !== 'linux') return false;
	const value = BigInt(mark);
	return library().setrlimit(rlimitRealTime, new BigUint64Array([value, value])) === 0;
}

/**
 * Becomes the foreground process group of the controlling terminal, where there is one, in a
 * group of its own, and tells the terminal that its input is UTF-8. What follows must be
 * `execProgram`: SIGTTOU stays ignored until then.
 */
export function takeForeground(): void {
	const { signal, getsid, setpgid, getpgrp, tcsetpgrp } = library();
	// A background group is stopped by tcsetpgrp otherwise; 1 is SIG_IGN everywhere.
	signal(constants.signals.SIGTTOU, 1n);
	if (getsid(0) !== process.pid) setpgid(0, 0);
	let terminal: number;
	try {
		terminal = openSync('/dev/tty', files.O_RDWR | files.O_NOCTTY);
	} catch {
		// No controlling terminal, hence nothing to be in front of.
		return;
	}
	tcsetpgrp(terminal, getpgrp());
	setUtf8Input(terminal);
	closeSync(terminal);
}

/**
 * Replaces this process by `argv`, looked up on PATH, with its environment, default signal
 * dispositions, an empty mask, and no descriptor but 0, 1 and 2. Returns only on failure, with the
 * errno. In contrast to `process.execve` a failure does not end the process.
 */
export function execProgram(argv: readonly [string, ...string[]]): number {
	const { fcntl, signal, sigprocmask, execvp, errno } = library();
	setCloseOnExecFrom(firstForeign);
	// Node marks its standard streams too.
	for (let fd = 0; fd < firstForeign; fd += 1) fcntl(fd, setDescriptorFlags, 'int', 0);
	// Node ignores SIGPIPE and SIGXFSZ, and an ignored signal stays ignored over exec.
	for (let number = 1; number <= lastSignal; number += 1) signal(number, null);
	sigprocmask(setMask, new Uint8Array(signalSetBytes), null);
	execvp(argv[0], [...argv, null]);
	return errno();
}

const prSetChildSubreaper = 36;
const linuxSocket = { level: 1, peerCredentials: 17 };
const darwinSocket = { level: 0, peerPid: 2 };
const setDescriptorFlags = 2;
const closeOnExec = 1;
/** F_DUPFD_CLOEXEC. */
const duplicateOnExec = process.platform === 'darwin' ? 67 : 1030;
const sysCloseRange = 436;
const closeRangeOnExec = 4;
const waitNoHang = 1;
const rlimitRealTime = 15;
const lastSignal = 64;
const setMask = process.platform === 'darwin' ? 3 : 2;
const signalSetBytes = 128;
/** 60 on Linux, 72 on macOS. */
const termiosBytes = 128;
/** IUTF8, the same on Linux and macOS. */
const inputIsUtf8 = 0x4000;

const pipeCloseOnExec = 0o2000000;
/** More than the 336 bytes of glibc's attributes and the 80 of its actions; musl takes the same. */
const spawnRecordBytes = 512;
/** POSIX_SPAWN_SETSIGDEF, SETSIGMASK and SETSID. */
const spawnFlags = 0x04 | 0x08 | 0x80;

/** An address, as koffi tells it. */
type Pointer = bigint | object;
type Words = Int32Array | Uint32Array | Uint8Array | BigUint64Array;

interface Library {
	readonly errno: () => number;
	/** Null where the system has no close_range. */
	readonly closeRange:
		| ((call: number, first: number, last: number, flags: number) => number)
		| null;
	readonly execvp: (file: string, argv: readonly (string | null)[]) => number;
	readonly fcntl: (fd: number, command: number, type: 'int', value: number) => number;
	/** Where the value stands in memory. */
	readonly getenv: (name: string) => Pointer | null;
	readonly getpeereid: ((fd: number, uid: Words, gid: Words) => number) | null;
	readonly getpgrp: () => number;
	readonly getsid: (pid: number) => number;
	readonly getsockopt: (
		fd: number,
		level: number,
		option: number,
		value: Words,
		length: Words,
	) => number;
	readonly memset: (place: Pointer, byte: number, length: number) => unknown;
	readonly mallocTrim: ((spare: number) => number) | null;
	readonly prctl: ((...words: [number, number, number, number, number]) => number) | null;
	readonly read: (fd: number, into: Words, length: number) => number | bigint;
	readonly setpgid: (pid: number, group: number) => number;
	readonly setrlimit: (resource: number, limit: Words) => number;
	readonly signal: (number: number, handler: bigint | null) => unknown;
	readonly sigprocmask: (how: number, set: Words, old: null) => number;
	/** Null where the C library lacks a part of it. */
	readonly spawning: Spawning | null;
	readonly tcgetattr: (fd: number, settings: Words) => number;
	readonly tcsetattr: (fd: number, when: number, settings: Words) => number;
	readonly tcsetpgrp: (fd: number, group: number) => number;
	readonly waitpid: (pid: number, status: Words | null, options: number) => number;
}

interface Spawning {
	/** The signals of a program that nobody prepared anything for, and a session of its own. */
	readonly attributes: Words;
	readonly pipe: (ends: Words, flags: number) => number;
	readonly beginPlan: (plan: Words) => number;
	readonly planStream: (plan: Words, fd: number, as: number) => number;
	readonly planFolder: (plan: Words, folder: string) => number;
	readonly endPlan: (plan: Words) => number;
	readonly spawn: (
		pid: Words,
		file: string,
		plan: Words,
		attributes: Words,
		argv: readonly (string | null)[],
		environment: readonly (string | null)[],
	) => Promise<number>;
}

let loaded: Library | undefined;

function library(): Library {
	loaded ??= findFunctions();
	return loaded;
}

function findFunctions(): Library {
	const koffi: typeof import('koffi') = createRequire(import.meta.url)('koffi');
	const libc: LibraryHandle = koffi.load(null);
	const linux = process.platform === 'linux';
	return {
		errno: () => koffi.errno(),
		// By number, since musl had no name for it for long. Neither this nor prctl is declared
		// as variadic: on Linux words travel the same way in both.
		closeRange: linux
			? libc.func('long syscall(long, unsigned int, unsigned int, unsigned int)')
			: null,
		execvp: libc.func('int execvp(const char *, const char **)'),
		fcntl: libc.func('int fcntl(int, int, ...)'),
		getenv: libc.func('void *getenv(const char *)'),
		getpeereid: linux ? null : libc.func('int getpeereid(int, void *, void *)'),
		getpgrp: libc.func('int getpgrp()'),
		getsid: libc.func('int getsid(int)'),
		getsockopt: libc.func('int getsockopt(int, int, int, void *, void *)'),
		memset: libc.func('void *memset(void *, int, size_t)'),
		mallocTrim: found(() => libc.func('int malloc_trim(size_t)')),
		prctl: linux ? libc.func('int prctl(int, long, long, long, long)') : null,
		read: libc.func('long read(int, void *, size_t)'),
		setpgid: libc.func('int setpgid(int, int)'),
		setrlimit: libc.func('int setrlimit(int, void *)'),
		signal: libc.func('void *signal(int, void *)'),
		sigprocmask: libc.func('int sigprocmask(int, void *, void *)'),
		spawning: linux ? found(() => findSpawning(libc)) : null,
		tcgetattr: libc.func('int tcgetattr(int, void *)'),
		tcsetattr: libc.func('int tcsetattr(int, int, void *)'),
		tcsetpgrp: libc.func('int tcsetpgrp(int, int)'),
		waitpid: libc.func('int waitpid(int, void *, int)'),
	};
}

function findSpawning(libc: LibraryHandle): Spawning {
	const attributes = new Uint8Array(spawnRecordBytes);
	libc.func('int posix_spawnattr_init(void *)')(attributes);
	libc.func('int posix_spawnattr_setflags(void *, short)')(attributes, spawnFlags);
	const all = new Uint8Array(signalSetBytes).fill(0xff);
	libc.func('int posix_spawnattr_setsigdefault(void *, void *)')(attributes, all);
	const spawn = libc.func(
		'int posix_spawnp(void *, const char *, void *, void *, const char **, const char **)',
	);
	return {
		attributes,
		pipe: libc.func('int pipe2(void *, int)'),
		beginPlan: libc.func('int posix_spawn_file_actions_init(void *)'),
		planStream: libc.func('int posix_spawn_file_actions_adddup2(void *, int, int)'),
		planFolder: libc.func(
			'int posix_spawn_file_actions_addchdir_np(void *, const char *)',
		),
		endPlan: libc.func('int posix_spawn_file_actions_destroy(void *)'),
		spawn: (...words) =>
			new Promise((resolve, reject) =>
				spawn.async(...words, (error: Error | null, failure: number) =>
					error ? reject(error) : resolve(failure),
				),
			),
	};
}

/** Null where the C library lacks the function. */
function found<T>(find: () => T): T | null {
	try {
		return find();
	} catch {
		return null;
	}
}

/** Erasing in cooked mode takes a character then and not a byte. */
function setUtf8Input(terminal: number): void {
	const { tcgetattr, tcsetattr } = library();
	const settings = new Uint8Array(termiosBytes);
	if (tcgetattr(terminal, settings) !== 0) return;
	// The input flags come first; every system here keeps the low byte in front.
	const flags = new DataView(settings.buffer);
	flags.setUint32(0, flags.getUint32(0, true) | inputIsUtf8, true);
	tcsetattr(terminal, 0, settings);
}

/** Whether the option filled the whole of `value`. */
function readOption(fd: number, level: number, option: number, value: Words): boolean {
	const length = new Uint32Array([value.byteLength]);
	const { getsockopt } = library();
	return (
		getsockopt(fd, level, option, value, length) === 0 && length[0] === value.byteLength
	);
}
