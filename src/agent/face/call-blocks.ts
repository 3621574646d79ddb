// How a call of a tool looks on the page: what it would do, what it changes, how it ended. It begins with
// as much as there is room for; whoever is asked can see all of it.

import { counted } from '../../lib/counted.ts';
import { harmlessLine, tellingLine } from '../../page/harmless-text.ts';
import { changedParts, type DiffLine } from '../../page/line-diff.ts';
import type { Block } from '../../page/page.ts';
import {
	type Span,
	type Style,
	type StyledLine,
	span,
	widthOf,
	wrap,
} from '../../page/styled-text.ts';
import { bar, toolEnd, toolHead, toolLine } from '../../page/tool-blocks.ts';
import type { Plan, ToolOutcome } from '../tools/tool.ts';

const shownLines = 24;
const shownHeadLines = 6;

/** What it would do, and the change that it would make. */
export function planBlocks(
	{ verb, subject, diff }: Plan,
	rows: number,
): readonly Block[] {
	const [first = '', ...more] = subject.split('\n').map(tellingLine);
	const shown = more.slice(0, shownHeadLines);
	const left = more.length - shown.length;
	return [
		toolHead(verb, first),
		...shown.map(toolLine),
		...(left > 0 ? [toolLine(`… ${counted(left, 'more line')}`)] : []),
		...diffBlocks(diff, roomForDiff(rows)),
	];
}

/**
 * All of it in rows of the page's width, for whoever wants to read it before answering; none where
 * `planBlocks` has shown it whole.
 */
export function wholePlan(
	{ subject, diff }: Plan,
	{ columns, rows }: { readonly columns: number; readonly rows: number },
): readonly Block[] {
	const width = columns - 1;
	const [, ...more] = subject.split('\n').map(tellingLine);
	const parts = changedParts(diff, 2);
	const lines: readonly Line[] = [
		...more.map((text): Line => ({ lead: bar, body: span(text, 'dim') })),
		...numbered(parts),
	];
	const isWhole =
		more.length <= shownHeadLines &&
		parts.length <= roomForDiff(rows) &&
		lines.every(({ lead, body }) => widthOf([lead, body]) <= width);
	return isWhole ? [] : lines.flatMap((line) => foldedRows(line, width));
}

export function endBlock({ remark, failed }: ToolOutcome): Block {
	const [line = ''] = remark.split('\n', 1);
	return toolEnd(harmlessLine(line).slice(0, 300), failed ? 'bad' : 'dim');
}

function roomForDiff(rows: number): number {
	return Math.min(shownLines, Math.max(4, rows - 10));
}

interface Line {
	readonly lead: Span;
	readonly body: Span;
}

const looks = {
	same: { sign: ' ', style: 'dim' },
	added: { sign: '+', style: 'added' },
	removed: { sign: '-', style: 'removed' },
} satisfies Record<DiffLine['kind'], { sign: string; style: Style }>;

function diffBlocks(diff: readonly DiffLine[], room: number): readonly Block[] {
	const parts = changedParts(diff, 2);
	const blocks = numbered(parts)
		.slice(0, room)
		.map(
			({ lead, body }): Block => ({
				...{ lead, text: [body] },
				...{ indent: widthOf([lead]), fold: 'cut' },
			}),
		);
	const hidden = parts.length - blocks.length;
	return hidden > 0 ? [...blocks, toolEnd(counted(hidden, 'more line'), 'dim')] : blocks;
}

function numbered(parts: readonly DiffLine[]): readonly Line[] {
	const digits = String(parts.at(-1)?.number ?? 0).length;
	return parts.map(({ kind, number, text }) => {
		const { sign, style } = looks[kind];
		return {
			lead: span(`    ${String(number).padStart(digits)} `, 'dim'),
			body: span(`${sign} ${tellingLine(text)}`, style),
		};
	});
}

function foldedRows({ lead, body }: Line, width: number): readonly Block[] {
	const indent = widthOf([lead]);
	return wrap([body], width - indent).map(
		(text: StyledLine, index): Block => ({
			...(index === 0 ? { lead } : {}),
			...{ indent, text, fold: 'cut' },
		}),
	);
}
