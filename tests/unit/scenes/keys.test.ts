import { describe, expect, it } from 'vitest';
import { type Key, KeyDecoder } from '../../../src/scenes/keys.ts';
import { LineEditor } from '../../../src/scenes/line-editor.ts';

function keysOf(...chunks: readonly (string | Buffer)[]): readonly Key[] {
	const decoder = new KeyDecoder();
	return chunks.flatMap((chunk) => decoder.push(Buffer.from(chunk)));
}

describe('KeyDecoder', () => {
	it('tells text from control keys', () => {
		expect(keysOf('ab\r\u007f\u0003')).toEqual([
			{ kind: 'text', text: 'ab' },
			{ kind: 'enter' },
			{ kind: 'backspace' },
			{ kind: 'interrupt' },
		]);
	});

	it('puts together what the chunks tore apart', () => {
		const bytes = Buffer.from('é');
		expect(keysOf(bytes.subarray(0, 1), bytes.subarray(1))).toEqual([
			{ kind: 'text', text: 'é' },
		]);
		expect(keysOf('\u001b', '[', 'D')).toEqual([{ kind: 'left' }]);
		expect(keysOf('\u001b[200~a\rb\u001b[2', '01~c')).toEqual([
			{ kind: 'paste', text: 'a\rb' },
			{ kind: 'text', text: 'c' },
		]);
	});

	it('holds a lone ESC back until nothing follows', () => {
		const decoder = new KeyDecoder();
		expect(decoder.push(Buffer.from('\u001b'))).toEqual([]);
		expect(decoder.pending).toBe(true);
		expect(decoder.flush()).toEqual([{ kind: 'escape' }]);
		expect(decoder.pending).toBe(false);
		expect(keysOf('\u001b[27u')).toEqual([{ kind: 'escape' }]);
	});

	it('swallows sequences it does not know', () => {
		expect(keysOf('\u001b[1;5Px\u001b[<0;1;2My')).toEqual([
			{ kind: 'text', text: 'x' },
			{ kind: 'text', text: 'y' },
		]);
	});
});

describe('LineEditor', () => {
	function edited(...chunks: readonly string[]): string {
		const editor = new LineEditor();
		for (const key of keysOf(...chunks)) editor.press(key);
		return editor.text;
	}

	it('edits at the cursor', () => {
		expect(edited('abd\u001b[Dc')).toBe('abcd');
		expect(edited('bc\u0001a\u0005d')).toBe('abcd');
		expect(edited('ab\u007f')).toBe('a');
		expect(edited('one two\u0017')).toBe('one ');
		expect(edited('one two\u0015')).toBe('');
	});

	it('removes a whole grapheme', () => {
		expect(edited('a👩‍👩‍👧\u007f')).toBe('a');
	});

	it('makes one line of a paste', () => {
		expect(edited('\u001b[200~a\nb\u001b[201~')).toBe('a b');
	});

	it('shows the end of a line that does not fit', () => {
		const editor = new LineEditor();
		editor.press({ kind: 'text', text: 'abcdefghij' });
		expect(editor.view(6)).toEqual({ text: 'fghij', cursor: 5 });
	});
});
