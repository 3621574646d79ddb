import { expect, test } from 'vitest';
import { visibleText } from '../../../src/lib/plain-text.ts';

test('what a terminal would obey or hide can be seen, all else is as it was', () => {
	expect(visibleText('src/a\u001b[31m\nb.ts')).toBe('src/a\\u{1b}[31m\\u{a}b.ts');
	expect(visibleText('\u202etxt.exe\u{e0041}')).toBe('\\u{202e}txt.exe\\u{e0041}');
	expect(visibleText('\tñ 😀 日本')).toBe('\tñ 😀 日本');
});
