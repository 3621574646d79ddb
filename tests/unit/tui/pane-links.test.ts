import { expect, it } from 'vitest';
import { Emulator } from '../../../src/terminal/emulator.ts';
import { linksIn } from '../../../src/tui/panes/pane-links.ts';

it.each([
	[
		'a plain address',
		'see https://example.org/a?b=c#d for more',
		['https://example.org/a?b=c#d'],
	],
	[
		'without the end of a sentence',
		'(http://example.org/a), or',
		['http://example.org/a'],
	],
	[
		'with brackets of its own',
		'https://example.org/a_(b)',
		['https://example.org/a_(b)'],
	],
	['without quotes around it', '"https://example.org/x"', ['https://example.org/x']],
	[
		'wrapped by the screen',
		`https://example.org/${'x'.repeat(60)} `,
		[`https://example.org/${'x'.repeat(60)}`],
	],
	[
		'the last first, each once',
		'http://a.example http://b.example\r\nhttp://a.example',
		['http://a.example/', 'http://b.example/'],
	],
	['of the web alone', 'file:///etc/passwd ssh://a@b javascript:alert(1)', []],
	['nothing that is no address', 'https:// http://[::', []],
])('finds %s', (_, text, addresses) => {
	expect(shown(text).map(({ address }) => address)).toEqual(addresses);
});

it('finds links that a program made, and says whom they lead to', () => {
	const made = (uri: string, text: string) => `\x1b]8;;${uri}\x1b\\${text}\x1b]8;;\x1b\\`;
	expect(shown(made('https://docs.example/page', 'the docs'))).toEqual([
		{ address: 'https://docs.example/page', host: 'docs.example', label: 'the docs' },
	]);
	const [evil] = shown(
		made('https://bank.example@evil.example/', 'https://bank.example'),
	);
	expect(evil?.host).toBe('evil.example');
	expect(shown(made('file:///etc/passwd', 'a file'))).toEqual([]);
});

it('finds no more than one can go through', () => {
	const many = Array.from({ length: 300 }, (_, at) => `http://h${at}.example`).join(
		'\r\n',
	);
	expect(shown(many, 300)).toHaveLength(100);
});

function shown(text: string, rows = 6) {
	using emulator = new Emulator({ columns: 40, rows });
	emulator.write(Buffer.from(text));
	return linksIn(emulator.rows(null).changed);
}
