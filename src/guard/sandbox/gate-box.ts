// How a gate is held by bubblewrap: it needs no terminal and nobody looks at its processes, so that it
// gets a pid namespace, whose end is the end of all that it has started.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { bubblewrapArgv } from './bubblewrap.ts';
import type { Place } from './plan.ts';

const run = promisify(execFile);
const probeMs = 10_000;

export interface GateBox {
	readonly program: string;
	readonly asRoot: boolean;
	/** Whether it gets a pid namespace of its own. */
	readonly apart: boolean;
}

/** The argument vector that runs `argv` in `folder`, which is one of the places. */
export function gateBoxArgv(
	{ program, asRoot, apart }: GateBox,
	places: readonly Place[],
	folder: string,
	argv: readonly string[],
): string[] {
	const [, ...words] = bubblewrapArgv(program, places, { asRoot, devices: [] });
	return [
		program,
		'--die-with-parent',
		...words,
		...(apart ? ['--unshare-pid', '--proc', '/proc'] : []),
		...['--chdir', folder, '--', ...argv],
	];
}

/** Whether a pid namespace can be had here: a container may keep its own /proc covered. */
export async function canStandApart(program: string, asRoot: boolean): Promise<boolean> {
	const box = { program, asRoot, apart: true };
	const [file = '', ...args] = gateBoxArgv(box, [], '/', ['true']);
	return run(file, args, { timeout: probeMs }).then(
		() => true,
		() => false,
	);
}
