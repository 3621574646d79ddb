// A real disk that is really full: a tmpfs of a few MB in a mount namespace of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mountHere = 'mount -t tmpfs -o "size=$1,mode=0700" weir-test "$2" || exit 99';

/** Why no small disk can be had on this machine, or undefined where one can. */
export function noSmallDisk(): string | undefined {
	const script = `${mountHere}; exit 0`;
	const tried = spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', '1m', '/mnt']);
	if (tried.status === 0) return undefined;
	return `no tmpfs can be mounted here: ${tried.error ?? tried.stderr.toString().trim()}`;
}

/**
 * The command that runs `argv` while `folder` is an empty disk of that size (`4m`); what is on
 * it goes away with the command. Where this user is not root, user namespaces make it root.
 */
export function onSmallDisk(
	folder: string,
	size: string,
	argv: readonly string[],
): [string, ...string[]] {
	const script = `${mountHere}; shift 2; exec "$@"`;
	return ['unshare', '-rm', 'sh', '-c', script, 'sh', size, folder, ...argv];
}

/** The command that runs `argv` where no file may grow over so many blocks of 512 bytes. */
export function withFileLimit(
	blocks: number,
	argv: readonly string[],
): [string, ...string[]] {
	return ['sh', '-c', 'ulimit -f "$1"; shift; exec "$@"', 'sh', String(blocks), ...argv];
}

/** Makes a folder an empty disk of that size for every process, until `unmountDisk`. */
export function mountSmallDisk(folder: string, size: string): void {
	const options = `size=${size},mode=0700`;
	const ran = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'weir-test', folder]);
	if (ran.status !== 0) throw new Error(String(ran.error ?? ran.stderr));
}

export function unmountDisk(folder: string): void {
	spawnSync('umount', ['-l', folder]);
}

/** Why this user cannot make one, or undefined. */
export function noMount(): string | undefined {
	const folder = mkdtempSync(join(tmpdir(), 'weir-disk-'));
	try {
		mountSmallDisk(folder, '1m');
		unmountDisk(folder);
		return undefined;
	} catch (error) {
		return `no tmpfs can be mounted here: ${String(error)}`;
	} finally {
		rmdirSync(folder);
	}
}
