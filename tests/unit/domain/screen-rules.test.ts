// What of a screen counts as its text, whatever a program draws beside it.
import { expect, test } from 'vitest';
import { type Rules, readScreen } from '../../../src/domain/screen-rules.ts';

const rules: Rules = {
	screen: [
		{
			id: 'permission',
			state: 'needs-approval',
			last: 3,
			match: '^Allow .*\\?$',
			question: '^Allow .*\\?$',
			detail: '^\\? (.*)$',
			answers: [{ key: 'y', label: 'yes', keys: '1' }],
		},
	],
};

const plain = ['? touch it', '', 'Allow it?', '', ''];

test.each([
	['without one', plain],
	['with one', plain.map((line) => `${line.padEnd(20)}█`)],
	['with a thin one', plain.map((line) => `${line.padEnd(20)}┃  `)],
	['with a part of one', ['? touch it      ▐', '█', 'Allow it?', '', '']],
])('a prompt is the same %s at the edge of its screen', (_, lines) => {
	const { prompt } = readScreen(rules, { lines, hash: '1' });
	expect(prompt).toMatchObject({ text: 'Allow it?', detail: 'touch it' });
});

test('what stands right behind a word is no bar', () => {
	const lines = ['? draw ██', '', 'Allow it?'];
	const { prompt } = readScreen(rules, { lines, hash: '1' });
	expect(prompt?.detail).toBe('draw ██');
});
