// What is typed while nobody reads it.
import { expect, test } from 'vitest';
import { Input } from '../../../src/page/input.ts';

function type(input: Input, text: string): void {
	for (const letter of text) input.press({ kind: 'text', text: letter });
	input.press({ kind: 'enter' });
}

const signal = new AbortController().signal;

test('a line that does not fit behind those typed ahead stays in the editor', async () => {
	const input = new Input(true);
	for (let line = 1; line <= 20; line += 1) type(input, `line ${line}`);
	expect(input.full).toBe(true);
	type(input, 'one more');
	expect(input.queued).toHaveLength(20);
	expect(input.editor.text).toBe('one more');
	expect(await input.readPrompt(signal)).toEqual({ kind: 'line', text: 'line 1' });
	input.press({ kind: 'enter' });
	expect(input.queued.at(-1)).toBe('one more');
	expect(input.editor.text).toBe('');
});

test('of a pipe all lines wait', async () => {
	const input = new Input(false);
	for (let line = 1; line <= 50; line += 1) type(input, `line ${line}`);
	input.end();
	for (let line = 1; line <= 50; line += 1)
		expect(await input.readPrompt(signal)).toEqual({
			kind: 'line',
			text: `line ${line}`,
		});
});
