// Colours of source text: read in a thread, which ends with whoever asked.
import { expect, onTestFinished, test } from 'vitest';
import type { Hunk } from '../../../src/domain/review/hunk.ts';
import { languageOf } from '../../../src/tui/syntax/colours.ts';
import { highlight } from '../../../src/tui/syntax/highlighting.ts';
import { coloursOf, textsOf } from '../../../src/tui/syntax/hunk-colours.ts';
import { Syntax } from '../../../src/tui/syntax/syntax.ts';

function pieces(path: string, text: string) {
	const lines = text.split('\n');
	return highlight(path, [text])?.[0]?.map((line, at) =>
		line.map(({ from, to, role }) => `${role}:${lines[at]?.slice(from, to)}`),
	);
}

test('each line is told what of it is what, whatever characters it has', () => {
	expect(pieces('a.ts', "const a = '<&>'; // \"it's\" 1\nreturn 42;")).toEqual([
		['keyword:const', "string:'<&>'", 'dim:// "it\'s" 1'],
		['keyword:return', 'literal:42'],
	]);
	expect(pieces('deep/a.py', 'def f():\n  """two\n  lines"""')).toEqual([
		...[['keyword:def', 'name:f'], ['string:"""two'], ['string:  lines"""']],
	]);
	expect(pieces('a.unknown', 'const a')).toBeUndefined();
	expect(languageOf('src/Makefile')).toBe('makefile');
});

const hunk: Hunk = {
	...{ old: 1, new: 1, heading: '' },
	lines: [
		{ sign: ' ', text: 'if (a) {\r' },
		{ sign: '-', text: 'return 1;' },
		{ sign: '+', text: "return 'x';" },
		{ sign: ' ', text: '} else b();' },
	],
};

test('a thread answers for the lines of both sides, and the last one who asks', async () => {
	const syntax = new Syntax();
	onTestFinished(() => syntax[Symbol.asyncDispose]());
	const first = syntax.ask('a.js', ['let a']);
	const texts = await syntax.ask('a.js', textsOf([hunk]));
	expect(await first).toBeNull();
	const said = coloursOf([hunk], texts ?? []).map((lines) =>
		lines.map((line, at) =>
			line.map(({ from, to, role }) => `${role}:${hunk.lines[at]?.text.slice(from, to)}`),
		),
	);
	expect(said).toEqual([
		[
			...[['keyword:if'], ['keyword:return', 'literal:1']],
			...[
				['keyword:return', "string:'x'"],
				['keyword:else', 'name:b'],
			],
		],
	]);
});

test('once closed nobody gets an answer', async () => {
	const syntax = new Syntax();
	const asked = syntax.ask('a.js', ['let a']);
	await syntax[Symbol.asyncDispose]();
	expect(await asked).toBeNull();
	expect(await syntax.ask('a.js', ['let a'])).toBeNull();
});
