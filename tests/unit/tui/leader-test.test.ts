import { expect, test } from 'vitest';
import { ok } from '../../../src/lib/outcome.ts';
import { builtInKeymap } from '../../../src/tui/keys/keymap.ts';
import { inputMethodOf, type LeaderAsk } from '../../../src/tui/keys/leader-ask.ts';
import { leaderAskLines } from '../../../src/tui/keys/leader-ask-lines.ts';
import { LeaderTest } from '../../../src/tui/keys/leader-test.ts';
import { lineWidth } from '../../../src/tui/paint/spans.ts';

function firstRun(inputMethod: string | null = null) {
	const heard: string[] = [];
	let asked: LeaderAsk | null = null;
	let late: (() => void) | undefined;
	const leader = new LeaderTest({
		inputMethod,
		onPassed: (key) => heard.push(`passed ${key}`),
		choose: (key) => {
			heard.push(`chose ${key}`);
			return Promise.resolve(ok(null));
		},
	});
	leader.begin({
		show: (ask) => {
			asked = ask;
		},
		say: ({ text }) => heard.push(text),
		after: (_milliseconds, run) => {
			late = run;
		},
	});
	return {
		heard,
		lines: () => (asked ? leaderAskLines(asked, builtInKeymap).map(textOf) : null),
		press: (key: string) => leader.heard(key, builtInKeymap),
		wait: () => late?.(),
	};
}

const textOf = (line: readonly { readonly text: string }[]) =>
	line.map(({ text }) => text).join('');

test('the leader that arrives ends the test, for good', () => {
	const run = firstRun();
	expect(run.lines()?.[0]).toContain('Press Ctrl+Space: it leads out of a pane.');
	expect(run.press('f7')).toBe(false);
	expect(run.press('ctrl+\\')).toBe(false);
	expect(run.press('ctrl+space')).toBe(true);
	expect(run.heard).toEqual(['passed ctrl+space', 'Ctrl+Space arrives']);
	expect(run.lines()).toBe(null);
	run.wait();
	expect(run.lines()).toBe(null);
});

test('where nothing comes, others are offered one after another and taken by pressing them', async () => {
	const run = firstRun();
	run.wait();
	expect(run.lines()?.[1]).toBe('Nothing happens? Press Ctrl+\\ instead.');
	expect(run.press('ctrl+q')).toBe(false);
	run.wait();
	expect(run.lines()?.[2]).toBe('Or Ctrl+Q.');
	expect(run.press('ctrl+q')).toBe(true);
	await Promise.resolve();
	expect(run.heard).toEqual(['chose ctrl+q', 'passed ctrl+q']);
	expect(run.lines()).toBe(null);
});

test('an input method is reason enough to offer another key at once', () => {
	const run = firstRun('fcitx');
	expect(run.lines()?.[1]).toBe('If fcitx takes it, press Ctrl+\\ instead.');
});

test('the lines fit a small screen', () => {
	const all = { offered: ['ctrl+\\', 'ctrl+q'], inputMethod: null };
	for (const line of leaderAskLines(all, builtInKeymap))
		expect(lineWidth(line)).toBeLessThanOrEqual(42);
});

test.each([
	['@im=fcitx', 'fcitx'],
	['@im=ibus', 'ibus'],
	['@im=none', null],
	['', null],
	[undefined, null],
])('XMODIFIERS %s names %s', (value, name) => {
	expect(inputMethodOf({ XMODIFIERS: value })).toBe(name);
});
