// The list of commands: what a few letters bring, and in which order.
import { expect, test } from 'vitest';
import { paletteCard } from '../../../src/tui/cards/list-cards.ts';
import { paletteItems } from '../../../src/tui/chrome/palette.ts';
import { fieldOf } from '../../../src/tui/chrome/text-field.ts';
import { unicodeGlyphs } from '../../../src/tui/look/glyphs.ts';
import { initialView, shownAgents } from '../../../src/tui/view.ts';
import { changeView } from '../../../src/tui/view-change.ts';
import { Core } from '../../support/domain.ts';

const core = new Core();
for (const name of ['api', 'docs', 'web']) core.running(name);
const { state } = core;
const view = changeView(initialView({ columns: 80, rows: 24 }, 0), {
	...{ kind: 'agents', agents: shownAgents(state) },
});
const situation = { state, view };

const names = (letters: string) =>
	paletteItems(situation, letters).map(({ item }) =>
		item.kind === 'command' ? item.action : item.agent.name,
	);

test('nothing typed shows all, in the order of the table', () => {
	expect(names('')).toContain('layout.next');
	expect(names('').slice(-3)).toEqual(['api', 'docs', 'web']);
});

test('names come before descriptions, which match by whole words only', () => {
	// "take back the last merge" holds the word; "move the border" holds the letters and does not count.
	expect(names('mer').slice(0, 2)).toEqual(['agent.merge', 'undo.open']);
	expect(names('kil')).toEqual(['agent.kill', 'undo.open']);
	expect(names('web')).toEqual(['web']);
	expect(names('next ag')).toEqual(['attention.next']);
	expect(names('theme')[0]).toBe('theme.pick');
	expect(names('zoo')[0]).toBe('view.zoom');
	expect(names('xq')).toEqual([]);
});

test('a name may be shortened, from the beginning of a word on', () => {
	expect(names('arsp')).toEqual(['agent.respawn']);
	expect(names('ak')[0]).toBe('agent.kill');
	expect(names('gki')).toEqual([]);
});

test('two letters that are inside of most descriptions bring few commands', () => {
	const all = names('').length;
	for (const letters of ['er', 'in', 'st', 'ne'])
		expect(names(letters).length).toBeLessThan(all / 3);
});

test('the letters that were found are marked, in the name or in what is said', () => {
	const marked = (letters: string, row: number) => {
		const dialog = { kind: 'palette', field: fieldOf(letters), at: 1 } as const;
		const line = paletteCard(dialog, situation, unicodeGlyphs).lines[2 + row] ?? [];
		return line.filter(({ role }) => role === 'accent').map(({ text }) => text.trim());
	};
	expect(marked('mer', 0)).toEqual(['mer', 'mer', 'm']);
	expect(marked('thp', 0)).toEqual(['th', 'p', 'T']);
	expect(marked('we', 0)).toEqual(['we', '']);
});
