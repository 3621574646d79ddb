// The card before a push: what leaves the machine, where it goes, and what stays.
import { counted } from '../../lib/counted.ts';
import { plainText, visibleText } from '../../lib/plain-text.ts';
import { listed } from '../chrome/listed.ts';
import type { Situation } from '../keys/key-row.ts';
import { keysLine } from '../keys/keys-line.ts';
import { bold, type Line, span } from '../paint/spans.ts';
import { type CardContent, cardRoom, sentence } from './card.ts';
import type { Dialog } from './dialog.ts';

const width = 66;

export function pullCard(
	{ plan }: Extract<Dialog, { kind: 'pull' }>,
	situation: Situation,
): CardContent {
	const { view } = situation;
	const { agent, branch, base, remote, commits, along, title, uncommitted, pull } = plan;
	const to = [visibleText(remote), visibleText(branch)];
	const there = pull?.remote === remote && pull.branch === branch ? pull : null;
	const url = there?.url ?? null;
	const pushes =
		there?.commit === plan.commit ? 'nothing new' : counted(commits, 'commit');
	const room = cardRoom(width, view) - 13;
	const open: Line[] =
		url === null
			? [
					[span('title        '), bold(plainText(title, room))],
					[span('into         '), span(visibleText(base))],
				]
			: [[span('is there     '), span(plainText(url, room))]];
	return {
		title: `push ${agent} and ${url === null ? 'open a' : 'go on with its'} pull request?`,
		width,
		lines: [
			[span('pushes       '), bold(pushes), span(` to ${to.join(' ')}`)],
			...(along === 0
				? []
				: [
						[
							span('along        '),
							bold(counted(along, 'commit'), 'warn'),
							span(` of ${visibleText(base)}, which is not pushed`),
						] as Line,
					]),
			...open,
			...listed('stays here', uncommitted.map(visibleText), 'warn', 4),
			[],
			...sentence(
				'It leaves this machine, by your git, your pre-push hook and gh, which may ask you something in this terminal. There is no undo.',
				width - 2,
				view,
				'dim',
			),
		],
		footer: keysLine('pull', situation),
	};
}
