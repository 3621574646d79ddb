// Opening a link of a pane: chosen from those it shows, never by what the program does.
import { plainText } from '../../lib/plain-text.ts';
import { openLink } from '../panes/open-link.ts';
import { linksIn, linkTo, type PaneLink } from '../panes/pane-links.ts';
import { entryAimedAt } from '../queue/queue-list.ts';
import { attend, type Controls, done, focusedIn, openNow, remark } from './controls.ts';

const labelLimit = 80;

/** Of what the pane shows; on the queue the page of the pull request. */
export function openLinks(controls: Controls): void {
	if (controls.view.screen === 'queue') return openPage(controls);
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

function openPage(controls: Controls): void {
	const agent = entryAimedAt(controls.view)?.agent;
	const url = agent?.pull?.opened?.url;
	const link = url === undefined ? null : linkTo(url);
	if (!agent || !link) return;
	openNow(controls, { kind: 'links', name: agent.name, at: 0, links: [link] });
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
