// What keys do about a conflict that others than its author are to resolve.
import { join } from 'node:path';
import { isGone } from '../../domain/agent.ts';
import { packageRoot } from '../../lib/package-root.ts';
import { refusalMessage } from '../chrome/message-line.ts';
import { attend, type Controls, done, remark } from './controls.ts';

const size = { columns: 100, rows: 30 };

/** Another agent, of the author's kind where that is one of the settings, gets both sides. */
export async function integrate(
	controls: Controls,
	name: string,
	include: 'committed' | 'all',
): Promise<void> {
	controls.change({ kind: 'dialog', dialog: null });
	const started = await attend(
		controls,
		`starting an agent for the conflict of ${name}`,
		controls.ask('resolve', {
			...{ agent: name, include, by: 'agent', into: null, wait: true },
			...{ kind: null, argv: null, env: controls.environment, ...size },
		}),
	);
	if (!started) return;
	const { agent, told } = started;
	const has = `${agent.name} has the conflict of ${name}`;
	if (told) return done(controls, `${has} and is told to resolve it`);
	return remark(
		controls,
		`${has}; nobody was told`,
		`in a shell: weir shell ${agent.name}`,
	);
}

/** The terminal is the verb's meanwhile: it opens the editor, asks, and lands what was resolved. */
export async function resolveByHand(
	controls: Controls,
	name: string,
	include: 'committed' | 'all',
): Promise<void> {
	const author = Object.values(controls.state.agents).find(
		(agent) => agent.name === name && !isGone(agent),
	);
	if (!author) return;
	controls.change({ kind: 'dialog', dialog: null });
	const weir = join(packageRoot(), 'bin', 'weir.js');
	const flags = [
		'--resolve',
		include === 'all' ? '--with-uncommitted' : '--committed',
		...['--repo', author.path],
	];
	const words = ['merge', name, ...flags, '--json'];
	const lent = await controls.lendToRead([process.execPath, weir, ...words]);
	if (!lent.ok) return controls.say(refusalMessage(lent.refusal));
	const told = toldBy(lent.value);
	const [landing] = told.landings ?? [];
	if (landing?.phase === 'landed')
		return done(
			controls,
			`merged ${name} into ${author.base.branch}, as you resolved it`,
		);
	if (!told.refusal)
		return remark(controls, `the conflict of ${name} has not landed yet`, goesOn);
	const { message } = told.refusal;
	remark(controls, message, left.has(told.refusal.code) ? goesOn : told.refusal.allow);
}

const goesOn = '{agent.merge} goes on with it';

/** They are as the person left them. */
const left: ReadonlySet<string> = new Set(['conflict.left', 'editor.none']);

/** What `weir merge --json` prints; nothing where it was ended before it could. */
interface Told {
	readonly landings?: readonly { readonly phase: string }[];
	readonly refusal?: {
		readonly code: string;
		readonly message: string;
		readonly allow: string | null;
	};
}

function toldBy(output: string): Told {
	try {
		// The same program's other half: this version's verb.
		return JSON.parse(output) as Told;
	} catch {
		return {};
	}
}
