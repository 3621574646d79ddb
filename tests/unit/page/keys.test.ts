import { describe, expect, it } from 'vitest';
import { type Key, KeyDecoder } from '../../../src/page/keys.ts';
import { LineEditor } from '../../../src/page/line-editor.ts';

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

	it('keeps the lines of a paste, and none of its control characters', () => {
		expect(edited('\u001b[200~a\r\nb\u0007\u001b[31m\tc\u001b[201~')).toBe('a\nb[31m\tc');
	});

	it('keeps all of a long paste, and shows its size in its place', () => {
		const lines = Array.from({ length: 30_000 }, (_, index) => `line ${index} of it`);
		const editor = new LineEditor();
		for (const key of keysOf(`a \u001b[200~${lines.join('\r')}\u001b[201~ b`))
			editor.press(key);
		expect(editor.text).toBe(`a ${lines.join('\n')} b`);
		expect(editor.view(40).rows).toEqual(['a [30,000 lines pasted] b']);
		expect(editor.notice).toBeNull();
		for (let count = 0; count < 3; count += 1) editor.press({ kind: 'backspace' });
		expect(editor.text).toBe('a ');
	});

	it('says how much of a paste was too much', () => {
		const editor = new LineEditor();
		const [paste] = keysOf(`\u001b[200~${'x'.repeat(4_000_100)}\u001b[201~`);
		if (paste) editor.press(paste);
		expect(editor.text).toHaveLength(4_000_000);
		expect(editor.notice).toContain('100 characters at the end are not in it');
		editor.clear();
		expect(editor.notice).toBeNull();
	});

	it('goes on in another line by alt+enter and by shift+enter', () => {
		expect(edited('a\u001b\rb\u001b[13;2uc')).toBe('a\nb\nc');
	});

	it('moves by words and between lines', () => {
		expect(edited('one two\u001bb\u001bbX')).toBe('Xone two');
		expect(edited('one two\u001b[1;5D\u001b[1;5CX')).toBe('one twoX');
		expect(edited('long line\u001b\rab\u001b[AX')).toBe('loXng line\nab');
		expect(edited('ab\u001b\rlong\u001b[A\u001b[BX')).toBe('ab\nloXng');
		expect(edited('one\u001b\rtwo\u0001\u000b')).toBe('one\n');
	});

	it('shows the rows around the cursor', () => {
		const editor = new LineEditor();
		editor.press({ kind: 'text', text: 'abcdefghij' });
		expect(editor.view(6)).toEqual({ rows: ['abcde', 'fghij'], row: 1, column: 5 });
		expect(editor.view(6, 1)).toEqual({ rows: ['fghij'], row: 0, column: 5 });
		editor.press({ kind: 'home' });
		expect(editor.view(6, 1)).toEqual({ rows: ['abcde'], row: 0, column: 0 });
	});
});
