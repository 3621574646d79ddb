import { expect, test } from 'vitest';
import { readKeys } from '../../../src/tui/keys/key-notation.ts';
import { keyTable } from '../../../src/tui/keys/keys.ts';

test.each([
	['a', 'a'],
	['A', 'A'],
	['shift+a', 'A'],
	['Ctrl+K', 'ctrl+k'],
	['C-k', 'ctrl+k'],
	['M-x', 'alt+x'],
	['alt+X', 'alt+X'],
	['alt+shift+x', 'alt+X'],
	['shift+ctrl+k', 'ctrl+shift+k'],
	['ctrl+@', 'ctrl+space'],
	['Esc', 'escape'],
	['PgDn', 'pagedown'],
	['S-Tab', 'shift+tab'],
	['ctrl++', 'ctrl++'],
	['-', '-'],
	['F5', 'f5'],
	['  ctrl+x   ctrl+c ', 'ctrl+x ctrl+c'],
	['é', 'é'],
])('%s is read as %s', (written, name) => {
	expect(readKeys(written)).toEqual({ ok: true, value: name });
});

test.each([
	['ctrl+spcae', 'there is no key ctrl+spcae; did you mean ctrl+space?'],
	['entr', 'there is no key entr; did you mean enter?'],
	['shift+1', 'there is no key shift+1: name the character that Shift and 1 type'],
	['', 'there is no key '],
])('%s is refused', (written, message) => {
	expect(readKeys(written)).toMatchObject({ ok: false, refusal: { message } });
});

test('all keys of the table are written as they are read', () => {
	for (const { keys } of keyTable)
		for (const key of keys) expect(readKeys(key)).toEqual({ ok: true, value: key });
});
