// The last two rows: what happened, and what can be done.

import type { State } from '../../domain/state.ts';
import { whatToUndo } from '../../domain/undoing.ts';
import { isFailure, type Refusal } from '../../lib/outcome.ts';
import { contextOf } from '../keys/context-of.ts';
import type { Situation } from '../keys/key-row.ts';
import { type BoundKey, isHinted, keyLabel, rowsOf } from '../keys/keys.ts';
import { withKeys } from '../keys/named-keys.ts';
import { chordRows } from '../keys/typing-keys.ts';
import { bold, type Line, lineWidth, type Span, span, spread } from '../paint/spans.ts';
import type { Message, View } from '../view.ts';
import { isLinePrompt, promptLine } from './line-prompt.ts';

export function messageLine(state: State, view: View): Line {
	const { message, columns, keymap, dialog } = view;
	const said = (text: string) => withKeys(text, keymap, contextOf(view));
	if (dialog && isLinePrompt(dialog)) return promptLine(dialog);
	const busy = workShown(view);
	const undo = whatToUndo(state);
	const right: Line =
		undo === null || view.dialog !== null
			? []
			: [bold(said('{undo.open}'), 'accent'), span(` undo ${undo} `, 'dim')];
	const last = busy.at(-1);
	if (message === null && last !== undefined) {
		const more = busy.length > 1 ? ` and ${busy.length - 1} more` : '';
		return spread([span(said(` ${last.what}${more}`), 'run')], right, columns);
	}
	if (message === null) return spread([], right, columns);
	const role = { plain: undefined, good: 'good', bad: 'bad' } as const;
	const left: Span[] = [span(` ${message.text}`, role[message.tone])];
	if (message.allow !== null) left.push(span('  '), span(said(message.allow), 'accent'));
	// What happened matters more than what can be undone.
	return lineWidth(left) + lineWidth(right) < columns
		? spread(left, right, columns)
		: spread(left, [], columns);
}

/** Work that was begun under the dialog that lies open is none of its business. */
function workShown({ busy, dialog }: View): View['busy'] {
	return dialog === null ? busy : busy.filter((work) => work.dialog === dialog.kind);
}

/**
 * A refusal as a message: calm, unless something went wrong. Commands that a key stands for are said as
 * the key.
 */
export function refusalMessage(refusal: Refusal): Message {
	const { message, allow } = refusal;
	const tone = isFailure(refusal) ? 'bad' : 'plain';
	return { text: message, allow: allow === undefined ? null : asKey(allow), tone };
}

const hintsShown = 8;

/**
 * Up to eight keys that can act now, the weightiest first, and how to see the others. `modes` are
 * those of the pane in focus: its program may have the chords for itself.
 */
export function hintLine(situation: Situation, modes = 0): Line {
	const { view } = situation;
	const context = contextOf(view);
	const leader = keyLabel(view.keymap.leader);
	const rows =
		context === 'type' ? chordRows(view.keymap, modes) : rowsOf(view.keymap, context);
	const hints = rows
		.filter((row) => isHinted(row) && row.whyNot?.(situation) == null)
		.filter((row) => row.hinted?.(situation) !== false)
		.toSorted((one, other) => (other.weight ?? 0) - (one.weight ?? 0))
		.slice(0, hintsShown);
	const last: Line[] =
		context === 'nav'
			? [hint('?', 'keys')]
			: context === 'type'
				? [hint(`${leader} Esc`, 'panes'), hint(leader, 'and one weir key')]
				: [];
	const all =
		context === 'type'
			? [...last, ...hints.map(hintOf)]
			: [...hints.map(hintOf), ...last];
	const kept: Line[] = [];
	let used = 1;
	for (const one of all) {
		const isLast = context === 'nav' && one === last[0];
		const reserve = context === 'nav' && !isLast ? 8 : 0;
		if (used + lineWidth(one) + reserve > view.columns) continue;
		kept.push(one);
		used += lineWidth(one) + 2;
	}
	return [
		span(' '),
		...kept.flatMap((one, at) => (at === 0 ? one : [span('  '), ...one])),
	];
}

function hintOf(row: BoundKey): Line {
	return hint(keyLabel(row.keys[0] ?? ''), row.hint ?? '');
}

function hint(key: string, text: string): Line {
	return [bold(key, 'accent'), span(` ${text}`, 'dim')];
}

const commandKeys: Readonly<Record<string, string>> = {
	respawn: '{agent.respawn} respawns it',
	restore: '{undo.open} brings it back',
	resume: '{agent.pause} lets it go on',
	pause: '{agent.pause} pauses it',
	remove: '{agent.remove} removes it',
	merge: '{agent.merge} merges it',
	attach: 'choose another name; or Esc, and {focus.jump} goes to it',
};

/** A command as the key that stands for it, where there is one; to be said with keys. */
export function asKey(allow: string): string {
	if (/^weir new \S+ -- /.test(allow))
		return '{agent.new} starts it with another command';
	const verb = /^weir (\w+) [a-z0-9._-]+$/.exec(allow)?.[1];
	const key = verb && commandKeys[verb];
	return key || (allow.startsWith('weir ') ? `in a shell: ${allow}` : allow);
}
