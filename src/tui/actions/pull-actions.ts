// Pushing an agent's work and opening a pull request: shown first, then done by the verb in the terminal that
// is lent to it, where git, ssh and gh may ask what they ask.
import { join } from 'node:path';
import { packageRoot } from '../../lib/package-root.ts';
import { plainText } from '../../lib/plain-text.ts';
import type { Dialog } from '../cards/dialog.ts';
import { refusalMessage } from '../chrome/message-line.ts';
import { type Controls, done, focusedIn, forCard, openLate } from './controls.ts';

export async function openPull(controls: Controls): Promise<void> {
	const asked = controls.view;
	const agent = focusedIn(controls);
	if (!agent) return;
	const plan = await forCard(
		controls,
		`looking at what a push of ${agent.name} would be`,
		controls.ask('pr.plan', {
			...{ agent: agent.name, base: null, remote: null, title: null, body: null },
			include: 'committed',
		}),
	);
	if (plan) openLate(controls, asked, { kind: 'pull', plan });
}

export async function pushNow(
	controls: Controls,
	{ plan: { agent, folder, remote } }: Extract<Dialog, { kind: 'pull' }>,
): Promise<void> {
	controls.change({ kind: 'dialog', dialog: null });
	const weir = join(packageRoot(), 'bin', 'weir.js');
	const words = ['pr', agent, '--committed', '--remote', remote, '--repo', folder];
	const lent = await controls.lendToRead([process.execPath, weir, ...words, '--json']);
	if (!lent.ok) return controls.say(refusalMessage(lent.refusal));
	const { refusal, pull } = toldBy(lent.value);
	if (refusal)
		return controls.say({
			...refusalMessage({ ...refusal, allow: refusal.allow ?? undefined }),
			tone: 'bad',
		});
	if (!pull) return controls.say({ text: cutShort, allow: 'weir pr', tone: 'bad' });
	const what = pull.number === null ? 'a pull request' : `pull request ${pull.number}`;
	done(
		controls,
		`${what} of ${agent} is ${pull.found ? 'there' : 'open'}`,
		`{link.pick} opens ${plainText(pull.url, 200)}`,
	);
}

const cutShort = 'the push was cut short; whether it has arrived is not known';

/** What `weir pr --json` prints; nothing where it was ended before it could. */
interface Told {
	readonly pull?: {
		readonly url: string;
		readonly number: number | null;
		readonly found: boolean;
	} | null;
	readonly refusal?: {
		readonly code: string;
		readonly message: string;
		readonly allow: string | null;
	} | null;
}

function toldBy(output: string): Told {
	try {
		// The same program's other half: this version's verb.
		return JSON.parse(output) as Told;
	} catch {
		return {};
	}
}
