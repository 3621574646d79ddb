// The terminal of a shell that is held: its keys, its size and its jobs, as a person at its pane has them.
import { openHolder } from '../../src/client/holder-link.ts';
import { ask, start } from './agents.ts';
import type { ScratchWeir } from './weir.ts';

/** Ctrl-C, a resize, and a job that is stopped, listed and brought back, in an agent of its own. */
export async function tryTerminal(weir: ScratchWeir): Promise<'idle again'> {
	const shell = ['bash', '--norc', '--noprofile', '-i'];
	const flags = ['--scope', 'src/**', '--columns', '80', '--rows', '24'];
	await start(weir, 'shell', shell, ...flags);
	const types = (...keys: string[]) => weir.json('keys', 'shell', ...keys);
	const says = (text: string) => weir.json('send', 'shell', text);
	await says("PS1='ready> '; trap 'echo size: $(stty size)' WINCH; echo up=$?");
	await weir.shows('shell', 'up=0');
	await says('cat');
	await types('ctrl+c');
	await says('echo code=$?');
	await weir.shows('shell', 'code=130');
	await resize(weir, 'shell', 91, 21);
	await says('echo now: $(stty size)');
	await weir.shows('shell', 'now: 21 91');
	await weir.shows('shell', 'size: 21 91');
	await says('cat');
	await types('ctrl+z');
	await weir.shows('shell', 'Stopped');
	await says('jobs -s | wc -l; fg');
	await types('ctrl+d');
	await says('echo left=$(jobs | wc -l) code=$?');
	await weir.shows('shell', 'left=0 code=0');
	await weir.json('kill', 'shell');
	return 'idle again';
}

async function resize(
	weir: ScratchWeir,
	agent: string,
	columns: number,
	rows: number,
): Promise<void> {
	const address = await ask(weir, 'pane', { pane: agent });
	const holder = await openHolder(address);
	if (!holder.ok) throw new Error(holder.refusal.message);
	using link = holder.value;
	const { pane } = address;
	const resized = await link.request('resize', { pane, columns, rows });
	if (!resized.ok) throw new Error(resized.refusal.message);
}
