// Opening a link of a pane: chosen from those it shows, never by what the program does.
import { plainText } from '../../lib/plain-text.ts';
import { openLink } from '../panes/open-link.ts';
import { linksIn, type PaneLink } from '../panes/pane-links.ts';
import { attend, type Controls, done, focusedIn, openNow, remark } from './controls.ts';

const labelLimit = 80;

export function openLinks(controls: Controls): void {
	const agent = focusedIn(controls);
	if (!agent) return;
	const shown = linksIn(controls.pane(agent.id)?.shownRows ?? []);
	if (shown.length === 0)
		return remark(controls, `${agent.name} shows no link to the web`);
	const links = shown.map((link) => ({
		...link,
		label: plainText(link.label, labelLimit),
	}));
	openNow(controls, { kind: 'links', name: agent.name, at: 0, links });
}

export async function followLink(
	controls: Controls,
	link: PaneLink | undefined,
): Promise<void> {
	controls.change({ kind: 'dialog', dialog: null });
	if (!link) return;
	const what = `opening ${link.host}`;
	const opened = await attend(
		controls,
		what,
		openLink(link.address, controls.environment),
	);
	if (opened !== null) done(controls, `opened ${link.host} by ${opened}`);
}
