// The last two rows: what happened, and what can be done.

import type { State } from '../domain/state.ts';
import { whatToUndo } from '../domain/undoing.ts';
import type { Refusal } from '../lib/outcome.ts';
import type { KeyContext } from './key-contexts.ts';
import type { Situation } from './key-row.ts';
import { type BoundKey, isHinted, keyLabel, rowsOf } from './keys.ts';
import { bold, type Line, lineWidth, type Span, span, spread } from './spans.ts';
import { isDemo, type Message, type View } from './view.ts';

/** The context in which a key is looked up. */
export function contextOf(view: View): KeyContext {
	const { dialog } = view;
	if (dialog === null) return view.mode;
	if (dialog.kind === 'quit' && isDemo(view)) return 'quit-demo';
	return dialog.kind === 'merge' && dialog.editing ? 'edit' : dialog.kind;
}

export function messageLine(state: State, view: View): Line {
	const { message, columns } = view;
	const busy = workShown(view);
	const undo = whatToUndo(state);
	const right: Line =
		undo === null || view.dialog !== null
			? []
			: [bold('u', 'accent'), span(` undo ${undo} `, 'dim')];
	const last = busy.at(-1);
	if (message === null && last !== undefined) {
		const more = busy.length > 1 ? ` and ${busy.length - 1} more` : '';
		return spread([span(` ${last.what}${more}`, 'run')], right, columns);
	}
	if (message === null) return spread([], right, columns);
	const role = { plain: undefined, good: 'good', bad: 'bad' } as const;
	const left: Span[] = [span(` ${message.text}`, role[message.tone])];
	if (message.allow !== null) left.push(span('  '), span(message.allow, 'accent'));
	// What happened matters more than what can be undone.
	return lineWidth(left) + lineWidth(right) < columns
		? spread(left, right, columns)
		: spread(left, [], columns);
}

/** Work that was begun under the dialog that lies open is none of its business. */
function workShown({ busy, dialog }: View): View['busy'] {
	return dialog === null ? busy : busy.filter((work) => work.dialog === dialog.kind);
}

/** A refusal as a message; commands that a key stands for are said as the key. */
export function refusalMessage({ message, allow }: Refusal): Message {
	return { text: message, allow: allow === undefined ? null : asKey(allow), tone: 'bad' };
}

const hintsShown = 8;

/** Up to eight keys that can act now, the weightiest first, and how to see the others. */
export function hintLine(situation: Situation): Line {
	const { view } = situation;
	const context = contextOf(view);
	const leader = keyLabel(view.keymap.leader);
	const hints = rowsOf(view.keymap, context)
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
	respawn: 'R respawns it',
	restore: 'u brings it back',
	resume: 'p lets it go on',
	pause: 'p pauses it',
	remove: 'X removes it',
	merge: 'm merges it',
	attach: "choose another name; or Esc, and ' goes to it",
};

/** A command as the key that stands for it, where there is one. */
export function asKey(allow: string): string {
	if (/^weir new \S+ -- /.test(allow)) return 'c starts it with another command';
	const verb = /^weir (\w+) [a-z0-9._-]+$/.exec(allow)?.[1];
	const key = verb && commandKeys[verb];
	return key || (allow.startsWith('weir ') ? `in a shell: ${allow}` : allow);
}
