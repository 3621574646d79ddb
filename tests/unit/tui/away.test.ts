import { describe, expect, test } from 'vitest';
import { Away } from '../../../src/tui/away.ts';
import { cardOf } from '../../../src/tui/cards/card.ts';
import { dialogCard } from '../../../src/tui/cards/dialog-cards.ts';
import { unicodeGlyphs } from '../../../src/tui/look/glyphs.ts';
import { initialView } from '../../../src/tui/view.ts';
import { changeView } from '../../../src/tui/view-change.ts';
import { Core, landed, mergeOf } from '../../support/domain.ts';

/** An agent each that landed, asks, crashed and is started again after a crash. */
class Absence {
	readonly core = new Core();
	readonly away: Away;
	now: number;

	constructor() {
		for (const name of ['api', 'db', 'docs', 'ui']) this.core.running(name);
		this.now = this.core.now;
		this.away = new Away(() => this.now);
		this.away.used(this.core.state);
	}

	passes(minutes: number): void {
		this.now += minutes * 60_000;
		this.core.now = this.now;
	}

	/** The client hears what came into the journal since. */
	hears(from: number): void {
		for (const event of this.core.events.slice(from)) this.away.hear(event);
	}

	happens(): void {
		const { core } = this;
		const from = core.events.length;
		core.submit(mergeOf(core, 'api'));
		core.settle('merge', landed);
		const { id, generation } = core.agent('db');
		core.submit({
			...{ kind: 'question.open', agent: id, generation, wants: 'approval' },
			...{ text: 'Bash: rm -rf dist', detail: null, choices: [], via: { kind: 'hook' } },
		});
		core.exits('docs', 3);
		this.hears(from);
	}

	back() {
		return this.away.used(this.core.state);
	}
}

describe('after an absence', () => {
	test('is said once what landed, who needs somebody and what failed', () => {
		const absence = new Absence();
		absence.passes(5);
		absence.happens();
		absence.passes(20);
		const lines = absence.back();
		expect(lines.map(({ part, text }) => `${part}: ${text}`)).toEqual([
			'merged: api into main: api: add login',
			'needs: db needs approval: Bash: rm -rf dist',
			'failed: docs failed: exit code 3',
		]);
		const { core } = absence;
		expect(lines.map(({ agent }) => agent)).toEqual(
			['api', 'db', 'docs'].map((name) => core.id(name)),
		);
		absence.passes(1);
		expect(absence.back()).toEqual([]);
		const opened = { kind: 'dialog', dialog: { kind: 'away', at: 1, lines } } as const;
		const view = changeView(initialView({ columns: 80, rows: 24 }, 0), opened);
		const content = dialogCard(opened.dialog, { state: core.state, view }, unicodeGlyphs);
		const card = cardOf(content, view, unicodeGlyphs);
		const text = card.lines.map((line) => line.map((one) => one.text).join(''));
		expect(text.join('\n')).toMatch(/needs you +db needs approval: Bash: rm -rf dist/);
		expect(text.join('\n')).toContain('while you were away');
	});

	test('is nothing to say to who was away for less than ten minutes', () => {
		const absence = new Absence();
		absence.passes(5);
		absence.happens();
		absence.passes(4);
		expect(absence.back()).toEqual([]);
	});

	test('is nothing to say where nothing happened', () => {
		const absence = new Absence();
		absence.passes(600);
		expect(absence.back()).toEqual([]);
	});

	test('is said in twelve lines at most, with how many more there are', () => {
		const absence = new Absence();
		const { core } = absence;
		const from = core.events.length;
		for (let at = 0; at < 9; at += 1) {
			const name = `more${at}`;
			core.running(name);
			core.submit(mergeOf(core, name));
			core.settle('merge', landed);
			const { id, generation } = core.agent(name);
			core.submit({
				...{ kind: 'question.open', agent: id, generation, wants: 'answer' },
				...{ text: 'v1?', detail: null, choices: [], via: { kind: 'verb' } },
			});
		}
		absence.hears(from);
		absence.passes(15);
		const lines = absence.back();
		expect(lines.length).toBeLessThanOrEqual(12);
		expect(lines.filter(({ text }) => text === 'and 7 more')).toHaveLength(1);
		expect(lines.filter(({ text }) => text === 'and 6 more')).toHaveLength(1);
	});
});
