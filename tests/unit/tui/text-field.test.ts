import { expect, test } from 'vitest';
import {
	editField,
	emptyField,
	fieldOf,
	insertText,
	type TextField,
} from '../../../src/tui/chrome/text-field.ts';

function press(field: TextField, ...names: string[]): TextField {
	return names.reduce((now, name) => {
		const text = name.length === 1 ? name : name === 'space' ? ' ' : '';
		return editField(now, { name, text }) ?? now;
	}, field);
}

test('typing puts text where the cursor is', () => {
	expect(press(emptyField, 'a', 'c', 'left', 'b')).toEqual({ text: 'abc', at: 2 });
});

test('keys of readline move and delete by characters, words and lines', () => {
	const field = fieldOf('one two three');
	expect(press(field, 'ctrl+w')).toEqual({ text: 'one two ', at: 8 });
	expect(press(field, 'ctrl+a', 'ctrl+k')).toEqual({ text: '', at: 0 });
	expect(press(field, 'alt+b', 'ctrl+u')).toEqual({ text: 'three', at: 0 });
	expect(press(field, 'home', 'delete')).toEqual({ text: 'ne two three', at: 0 });
	expect(press(field, 'ctrl+left', 'ctrl+left', 'alt+f').at).toBe(7);
});

test('a cluster is one character', () => {
	const family = '👨‍👩‍👧';
	expect(press(fieldOf(`a${family}`), 'backspace')).toEqual({ text: 'a', at: 1 });
	expect(press(fieldOf(`a${family}b`), 'left', 'left').at).toBe(1);
});

test('several lines are walked through up and down', () => {
	const field = fieldOf('first\nsecond\nx');
	expect(press(field, 'up').at).toBe(7);
	expect(press(field, 'up', 'end', 'up').at).toBe(5);
	expect(press(field, 'alt+enter').text).toBe('first\nsecond\nx\n');
});

test('nothing that moves a cursor gets in, and no more than fits', () => {
	expect(insertText(emptyField, 'a\u001b[31mb\u202e').text).toBe('a[31mb');
	expect(insertText(emptyField, 'x'.repeat(20_000)).text).toHaveLength(8000);
});

test('other keys are not for text', () => {
	expect(editField(emptyField, { name: 'f1', text: '' })).toBeUndefined();
});
