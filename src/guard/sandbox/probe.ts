// Which prevention works on this machine: tried, for a program that is there may be forbidden to do what
// it is for.
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Prevention } from '../../domain/guard.ts';
import type { Environment } from '../../lib/environment.ts';
import { packageRoot } from '../../lib/package-root.ts';
import { withPassingFolder } from '../../lib/passing-folder.ts';
import { ownUser } from '../../lib/private-folder.ts';
import { compiledTrampoline, heldArgv } from '../../lib/trampoline.ts';
import { bubblewrapArgv } from './bubblewrap.ts';
import { landlockPlan } from './landlock.ts';
import { isBelow, type Place } from './plan.ts';
import { writeWords } from './words-file.ts';

export interface Standing {
	readonly prevention: Prevention;
	/** Why nothing stronger holds; null where nothing is. */
	readonly reason: string | null;
	/** The command that would make it stronger, where one is known. */
	readonly allow: string | null;
	/** Where bubblewrap lies, if it is what holds. */
	readonly program: string | null;
}

export async function probeSandbox(environment: Environment): Promise<Standing> {
	const none = { prevention: 'none', program: null } as const;
	if (process.platform !== 'linux') {
		const reason = 'weir has no sandbox for this system yet';
		return { ...none, reason, allow: null };
	}
	if (compiledTrampoline() === null) {
		const allow = `npm run install in ${packageRoot()}, with a C compiler`;
		return { ...none, reason: 'the trampoline is not built', allow };
	}
	const program = findBubblewrap(environment);
	const fault = await faultOf('bubblewrap', program);
	if (fault === null)
		return { prevention: 'bubblewrap', reason: null, allow: null, program };
	const allow = program === null ? installCommand() : allowCommand();
	const lesser = await faultOf('landlock', null);
	if (lesser === null)
		return { prevention: 'landlock', reason: fault, allow, program: null };
	return { ...none, reason: `${fault}, and ${lesser}`, allow };
}

/** What keeps it from working on this machine; null where it does. */
export async function faultOf(
	prevention: Exclude<Prevention, 'none'>,
	program: string | null,
): Promise<string | null> {
	const missing = prevention === 'bubblewrap' && program === null;
	return missing ? 'bubblewrap is not installed' : tryOne(program);
}

/** Null where a program in it can write what it may and nothing else; else what is wrong. */
function tryOne(program: string | null): Promise<string | null> {
	return withPassingFolder('probe', (folder) => tryIn(folder, program));
}

async function tryIn(folder: string, program: string | null): Promise<string | null> {
	const name = program === null ? 'Landlock' : 'bubblewrap';
	for (const below of ['in', 'out', 'own']) await mkdir(join(folder, below));
	const places = trialPlaces(folder);
	const words = join(folder, 'words');
	const asRoot = ownUser() === 0;
	await writeWords(
		words,
		program === null
			? landlockPlan(places).allowed
			: bubblewrapArgv(program, places, { asRoot, devices: [] }),
	);
	const how = program === null ? { landlock: words } : { box: words };
	const script = 'echo >in/file; echo >out/file; exit 7';
	const [file, ...args] = heldArgv(['/bin/sh', '-c', script], how);
	const { code, said } = await end(file, args, folder);
	if (code !== 7) return `${name} does not work here${said === '' ? '' : `: ${said}`}`;
	const right = existsSync(join(folder, 'in/file'));
	const wrong = existsSync(join(folder, 'out/file'));
	if (right && !wrong) return null;
	return `${name} ${right ? 'holds nothing back' : 'holds everything back'} here`;
}

function trialPlaces(folder: string): Place[] {
	return [
		{ kind: 'writable', path: '/tmp', from: join(folder, 'own') },
		{ kind: 'read-only', path: folder },
		...(isBelow(packageRoot(), '/tmp')
			? [{ kind: 'read-only', path: packageRoot() } as const]
			: []),
		{ kind: 'writable', path: join(folder, 'in') },
	];
}

const probeMs = 10_000;

function end(
	file: string,
	args: readonly string[],
	cwd: string,
): Promise<{ code: number; said: string }> {
	return new Promise((resolve) => {
		const options = { cwd, timeout: probeMs, env: { PATH: '/usr/bin:/bin' } };
		execFile(file, args, options, (error, _, stderr) => {
			const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
			const [said = ''] = stderr.trim().split('\n');
			resolve({ code, said });
		});
	});
}

/** Looked for where the machine's own programs are, too: a client may have another PATH. */
export function findBubblewrap({ PATH = '' }: Environment): string | null {
	const folders = [...PATH.split(':').filter((one) => one.startsWith('/')), ...usual];
	const paths = folders.map((folder) => join(folder, 'bwrap'));
	return paths.find(isExecutable) ?? null;
}

const usual = ['/usr/bin', '/usr/local/bin', '/bin'];

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		// Not there, or nobody's to run.
		return false;
	}
}

const installers: Readonly<Record<string, string>> = {
	debian: 'apt-get install bubblewrap',
	ubuntu: 'apt-get install bubblewrap',
	fedora: 'dnf install bubblewrap',
	rhel: 'dnf install bubblewrap',
	arch: 'pacman -S bubblewrap',
	alpine: 'apk add bubblewrap',
	suse: 'zypper install bubblewrap',
	opensuse: 'zypper install bubblewrap',
	gentoo: 'emerge sys-apps/bubblewrap',
	nixos: 'nix-env -iA nixos.bubblewrap',
};

function installCommand(): string | null {
	const release = readText('/etc/os-release');
	const ids = [...release.matchAll(/^(?:ID|ID_LIKE)="?([^"\n]*)"?$/gm)];
	const names = ids.flatMap(([, list = '']) => list.split(' '));
	const known = names.find((name) => Object.hasOwn(installers, name));
	return known === undefined ? null : `sudo ${installers[known]}`;
}

/** What keeps users from namespaces of their own, by how distributions do it. */
function allowCommand(): string | null {
	const shut = [
		['kernel.unprivileged_userns_clone', '0', '1'],
		['kernel.apparmor_restrict_unprivileged_userns', '1', '0'],
		['user.max_user_namespaces', '0', '15000'],
	] as const;
	for (const [name, value, wanted] of shut) {
		const found = readText(`/proc/sys/${name.replaceAll('.', '/')}`).trim();
		if (found === value) return `sudo sysctl -w ${name}=${wanted}`;
	}
	return null;
}

function readText(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		// Not on this system.
		return '';
	}
}
