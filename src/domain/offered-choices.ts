// What a dialog offers to be chosen, as it stands on a screen: what can be taken by a number, or by moving
// its mark. Where not all of it can be told apart nothing is offered.
import * as z from 'zod/mini';
import { plainText } from '../lib/plain-text.ts';
import type { Choice } from './events/question-events.ts';
import { isPattern, linePattern, pattern } from './screen-pattern.ts';

/** How a file of rules says it. */
export const choicesRule = z.strictObject({
	/**
	 * The line on which one begins: the group `mark` is there where it is the marked one, `label` is what it
	 * says, and `number` how it is taken, where it is numbered.
	 */
	line: pattern.check(
		z.refine((source) => isPattern(source) && /\(\?<mark>.*\(\?<label>/.test(source), {
			message: 'must have the groups mark and label',
		}),
	),
	/** Where a label goes on: its first group. */
	more: z.optional(pattern),
	/** What takes the marked one; without it a number takes its own. */
	enter: z.optional(z.string().check(z.minLength(1), z.maxLength(8))),
	/** The last of them wants words of one's own. */
	last: z.optional(z.literal('own')),
});
export type ChoicesRule = z.infer<typeof choicesRule>;

export interface Offered {
	readonly choices: readonly Choice[];
	readonly typed: {
		/** For each: its number, or what moves the mark to it. */
		readonly keys: Record<string, string>;
		/** What takes the marked one after that. */
		readonly enter?: string;
	};
	/** The lines without marks, which move while somebody looks. */
	readonly unmarked: string | null;
}

/** More cannot be taken by one digit. */
const most = 9;
const longestLabel = 200;
const down = '\u001b[B';
const up = '\u001b[A';

interface Line {
	readonly label: string;
	readonly number: string | null;
	readonly marked: boolean;
}

/** Null where it cannot be said what would be taken. */
export function offeredIn(rule: ChoicesRule, text: string): Offered | null {
	const rows = text.split('\n');
	const lines = linesOf(rule, rows);
	const marked = lines.findIndex((one) => one.marked);
	const taken = rule.last === 'own' ? lines.slice(0, -1) : lines;
	// Where the mark is on the last, what is typed are words of one's own.
	const isOne = lines.filter((one) => one.marked).length === 1 && marked < taken.length;
	if (!isOne || taken.length === 0 || lines.length > most || !areInOrder(lines))
		return null;
	const { enter } = rule;
	const keys = taken.map(({ number }, at) => [
		`${at + 1}`,
		enter === undefined ? (number ?? '') : moved(at - marked),
	]);
	if (enter === undefined && lines.some(({ number }) => number === null)) return null;
	return {
		choices: taken.map(({ label }, at) => ({
			...{ key: `${at + 1}`, label: plainText(label, longestLabel), free: false },
		})),
		typed: {
			keys: Object.fromEntries(keys),
			...(enter === undefined ? {} : { enter }),
		},
		unmarked: rows.map((row) => withoutMark(rule, row)).join('\n'),
	};
}

function linesOf({ line, more }: ChoicesRule, rows: readonly string[]): readonly Line[] {
	const lines: Line[] = [];
	for (const row of rows) {
		const { mark, number, label } = linePattern(line).exec(row)?.groups ?? {};
		const last = lines.at(-1);
		if (label !== undefined)
			lines.push({ label, number: number ?? null, marked: Boolean(mark) });
		else if (last && more !== undefined) {
			const rest = linePattern(more).exec(row)?.[1];
			if (rest !== undefined)
				lines[lines.length - 1] = { ...last, label: `${last.label} ${rest}` };
		}
	}
	return lines;
}

/** Text that is laid out like one more is told by its number. */
function areInOrder(lines: readonly Line[]): boolean {
	return lines.every(({ number }, at) => number === null || number === `${at + 1}`);
}

function moved(by: number): string {
	return (by < 0 ? up : down).repeat(Math.abs(by));
}

function withoutMark({ line }: ChoicesRule, row: string): string {
	const label = linePattern(line).exec(row)?.groups?.label;
	if (label === undefined) return row;
	const before = row.slice(0, row.length - label.length);
	return before.replaceAll(/[^\d.]/gu, ' ') + label;
}
