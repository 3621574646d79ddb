// A plan in the words of bubblewrap.
import { isBelow, type Place } from './plan.ts';

/**
 * The argument vector of what makes the sandbox. A user namespace always: without one root could mount
 * everything writable again. No pid namespace: agents are seen, paused, ended and recognised by their
 * true numbers. No new session: the terminal would neither resize nor interrupt.
 */
export function bubblewrapArgv(
	program: string,
	places: readonly Place[],
	{ asRoot, devices }: { readonly asRoot: boolean; readonly devices: readonly string[] },
): string[] {
	return [
		program,
		...['--unshare-user', '--cap-drop', 'ALL'],
		...['--ro-bind', '/', '/'],
		// Terminals of its own beside the one that it has open: not those of other agents.
		...['--dev', '/dev', '--tmpfs', '/dev/shm'],
		...devices.flatMap((path) => ['--dev-bind-try', path, path]),
		...['--bind', '/proc', '/proc'],
		...(asRoot ? ofTheSystem.flatMap((path) => ['--ro-bind-try', path, path]) : []),
		...places.flatMap(wordsOf),
		// What is only there to hide something refuses, or a program would believe that it wrote there.
		// Last: places in it are made before.
		...['/dev', ...masksOf(places)].flatMap((path) => ['--remount-ro', path]),
	];
}

/** Empty folders over which nothing else stands as a whole. */
function masksOf(places: readonly Place[]): string[] {
	return places.flatMap(({ kind, path }, at) => {
		const over = (one: Place) => one.path === path || isBelow(path, one.path);
		return kind === 'empty' && !places.slice(at + 1).some(over) ? [path] : [];
	});
}

/** What root may write whatever namespace it is in. Others may not, and could nest no sandbox over it. */
const ofTheSystem = ['sys', 'sysrq-trigger', 'irq', 'bus', 'fs', 'acpi', 'scsi'].map(
	(name) => `/proc/${name}`,
);

function wordsOf({ kind, path, from = path }: Place): string[] {
	switch (kind) {
		case 'writable':
			return ['--bind', from, path];
		case 'read-only':
			return ['--ro-bind', from, path];
		case 'empty':
			return ['--tmpfs', path];
		case 'hidden':
			return ['--ro-bind', '/dev/null', path];
	}
}
