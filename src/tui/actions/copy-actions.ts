// Entering copy mode, leaving it, and what becomes of what was copied.
import { homedir } from 'node:os';
import { counted } from '../../lib/counted.ts';
import type { Refusal } from '../../lib/outcome.ts';
import type { Dialog } from '../cards/dialog.ts';
import { refusalMessage } from '../chrome/message-line.ts';
import { emptyField } from '../chrome/text-field.ts';
import type { Searched } from '../copying/copy-mode.ts';
import * as motion from '../copying/copy-motions.ts';
import type { Taken } from '../copying/taken.ts';
import type { ActionId } from '../keys/keys.ts';
import { focusedAgent } from '../view.ts';
import { type Act, type Controls, done, openNow, remark } from './controls.ts';

export const copyActions = {
	'copy.open': enterCopy,
	'copy.leave': leaveCopy,
	'copy.take': takeCopy,
	'copy.select': ({ copy }) => copy.select('characters'),
	'copy.select-lines': ({ copy }) => copy.select('lines'),
	'copy.search': (controls) => askSearch(controls, 'down'),
	'copy.search-back': (controls) => askSearch(controls, 'up'),
	'copy.next': (controls) => searchOn(controls, 'on'),
	'copy.previous': (controls) => searchOn(controls, 'back'),
	'copy.earlier': (controls) => travel(controls, 'earlier'),
	'copy.later': (controls) => travel(controls, 'later'),
	'copy.prompt-before': (controls) => toPrompt(controls, 'up'),
	'copy.prompt': (controls) => toPrompt(controls, 'down'),
	'copy.page-up': ({ copy }) => copy.page(-0.5),
	'copy.page-down': ({ copy }) => copy.page(0.5),
	'copy.left': ({ copy }) => copy.move(motion.left),
	'copy.down': ({ copy }) => copy.move(motion.byLines(1), true),
	'copy.up': ({ copy }) => copy.move(motion.byLines(-1), true),
	'copy.right': ({ copy }) => copy.move(motion.right),
	'copy.word': ({ copy }) => copy.move(motion.nextWord),
	'copy.word-before': ({ copy }) => copy.move(motion.wordBefore),
	'copy.word-end': ({ copy }) => copy.move(motion.wordEnd),
	'copy.line-start': ({ copy }) => copy.move(motion.toLineStart),
	'copy.line-end': ({ copy }) => copy.move(motion.toLineEnd),
	'copy.paragraph': ({ copy }) => copy.move(motion.nextParagraph),
	'copy.paragraph-before': ({ copy }) => copy.move(motion.paragraphBefore),
	'copy.first': ({ copy }) => copy.move(motion.toFirstLine),
	'copy.last': ({ copy }) => copy.move(motion.toLastLine),
} as const satisfies Readonly<Partial<Record<ActionId, Act>>>;

export function enterCopy(controls: Controls): void {
	const { state, view, arrangement, change } = controls;
	const agent = focusedAgent(state, view);
	if (!agent) return;
	if (!arrangement.tiles.some(({ pane }) => pane === agent.id))
		change({ kind: 'zoom', zoom: true });
	const pane = controls.pane(agent.id);
	if (!pane || !controls.copy.enter(pane))
		return remark(controls, `${agent.name} has nothing on its screen yet`);
	if (view.mode !== 'copy') change({ kind: 'copy', copy: { from: view.mode } });
	change({ kind: 'mode', mode: 'copy' });
}

/** One step back: out of the selection, then out of copy mode. */
export function leaveCopy(controls: Controls): void {
	if (controls.copy.stop()) return;
	controls.change({ kind: 'mode', mode: 'nav' });
}

/** Asks for a text to search for. */
export function askSearch(controls: Controls, direction: 'up' | 'down'): void {
	openNow(controls, { kind: 'search', direction, field: emptyField });
}

/** Searches for what was written; for what was searched before where nothing was. */
export function startSearch(
	controls: Controls,
	{ direction, field }: Extract<Dialog, { kind: 'search' }>,
): void {
	controls.change({ kind: 'dialog', dialog: null });
	if (field.text === '') return searchOn(controls, 'on');
	controls.copy.search(field.text.slice(0, longestSearch), direction, (searched) =>
		tellSearched(controls, searched),
	);
}

export function searchOn(controls: Controls, way: 'on' | 'back'): void {
	controls.copy.searchOn(way, (searched) => tellSearched(controls, searched));
}

function tellSearched(controls: Controls, searched: Searched): void {
	switch (searched.kind) {
		case 'nothing-wanted':
			return remark(controls, 'nothing was searched for yet', '{copy.search} searches');
		case 'nowhere':
			return remark(controls, `${searched.text} is nowhere in this pane`);
		case 'stopped':
			return remark(controls, 'the search was ended');
		case 'refused':
			return refuseSearch(controls, searched.refusal);
		case 'found':
			if (searched.around) remark(controls, 'the search went on from the other end');
	}
}

function refuseSearch(controls: Controls, refused: Refusal): void {
	controls.say(
		refused.code === 'request.unknown'
			? { text: tooOld, allow: 'it can after its next start', tone: 'plain' }
			: refusalMessage(refused),
	);
}

const tooOld = 'an older weir holds this pane, and cannot look through its recording';
const longestSearch = 256;

/** To another screen of the recording. */
export function travel(controls: Controls, direction: 'earlier' | 'later'): void {
	controls.copy.travel(direction, (travelled) => {
		if (travelled.kind === 'refused') return refuseSearch(controls, travelled.refusal);
		const edge = direction === 'earlier' ? 'nothing before this' : 'nothing after this';
		remark(controls, `${edge} is recorded`);
	});
}

/** To the prompt before, or to the next one. */
export function toPrompt(controls: Controls, direction: 'up' | 'down'): void {
	controls.copy.toPrompt(direction, (searched) => {
		if (searched.kind !== 'nowhere') return tellSearched(controls, searched);
		const where = direction === 'up' ? 'before' : 'after';
		remark(controls, `no shell marked a prompt ${where} this line (OSC 133)`);
	});
}

/** What is selected goes to the clipboard; whoever came from typing types on. */
export function takeCopy(controls: Controls): void {
	controls.copy.take((taken) => {
		if (!taken)
			return remark(controls, 'nothing is selected', '{copy.select} selects from here');
		if (taken.text.trim() === '')
			return remark(controls, 'only blanks are selected, and are not copied');
		const agent = focusedAgent(controls.state, controls.view)?.name ?? '';
		controls.change({ kind: 'mode', mode: controls.view.copy.from });
		void putAway(controls, taken, agent);
	});
}

async function putAway(
	controls: Controls,
	{ text, cut }: Taken,
	agent: string,
): Promise<void> {
	const put = await controls.clipboard.put(text, agent);
	if (!put.ok) return controls.say(refusalMessage(put.refusal));
	const seen = text.trimEnd();
	const lines = seen.split('\n').length;
	const what = lines > 1 ? counted(lines, 'line') : counted(seen.length, 'character');
	const copied = `${cut ? 'the first ' : ''}${what}`;
	if (put.value === null) done(controls, `copied ${copied}`);
	else done(controls, `${short(put.value)} holds ${copied}: too much for a clipboard`);
}

function short(path: string): string {
	const home = `${homedir()}/`;
	return path.startsWith(home) ? `~/${path.slice(home.length)}` : path;
}
