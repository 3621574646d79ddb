// How a call of a tool looks on the page: what it would do, what it changes, how it ended.

import { counted } from '../../lib/counted.ts';
import { harmlessLine } from '../../page/harmless-text.ts';
import { changedParts, type DiffLine } from '../../page/line-diff.ts';
import type { Block } from '../../page/page.ts';
import { type Style, span } from '../../page/styled-text.ts';
import { toolEnd, toolHead, toolLine } from '../../page/tool-blocks.ts';
import type { Plan, ToolOutcome } from '../tools/tool.ts';

const shownLines = 24;
const shownHeadLines = 6;

/** What it would do, and the change that it would make. */
export function planBlocks(
	{ verb, subject, diff }: Plan,
	rows: number,
): readonly Block[] {
	const [first = '', ...more] = subject.split('\n').map(harmlessLine);
	const shown = more.slice(0, shownHeadLines);
	const left = more.length - shown.length;
	return [
		toolHead(verb, first),
		...shown.map(toolLine),
		...(left > 0 ? [toolLine(`… ${counted(left, 'more line')}`)] : []),
		...diffBlocks(diff, Math.min(shownLines, Math.max(4, rows - 10))),
	];
}

export function endBlock({ remark, failed }: ToolOutcome): Block {
	const [line = ''] = remark.split('\n', 1);
	return toolEnd(harmlessLine(line).slice(0, 300), failed ? 'bad' : 'dim');
}

const looks = {
	same: { sign: ' ', style: 'dim' },
	added: { sign: '+', style: 'added' },
	removed: { sign: '-', style: 'removed' },
} satisfies Record<DiffLine['kind'], { sign: string; style: Style }>;

function diffBlocks(diff: readonly DiffLine[], room: number): readonly Block[] {
	const parts = changedParts(diff, 2);
	const digits = String(parts.at(-1)?.number ?? 0).length;
	const blocks = parts.slice(0, room).map(({ kind, number, text }): Block => {
		const lead = `    ${String(number).padStart(digits)} `;
		const { sign, style } = looks[kind];
		const body = span(`${sign} ${harmlessLine(text)}`, style);
		return { lead: span(lead, 'dim'), indent: lead.length, text: [body], fold: 'cut' };
	});
	const hidden = parts.length - blocks.length;
	return hidden > 0 ? [...blocks, toolEnd(counted(hidden, 'more line'), 'dim')] : blocks;
}
