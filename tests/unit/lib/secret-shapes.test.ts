import { expect, test } from 'vitest';
import { openShape, shapesIn } from '../../../src/lib/secret-shapes.ts';
import { byLooks } from '../../fixtures/secrets/canaries.ts';

const found = (text: string) =>
	shapesIn(text).map(([start, end]) => text.slice(start, end));

test('keys, tokens, passwords and private keys are known by their looks', () => {
	for (const [secret, line] of byLooks.filter(([, written]) => written !== ''))
		expect(found(`before\n${line}\nbehind`).join('\n')).toContain(secret);
});

test('what only resembles one is left alone', () => {
	const lines = [
		'const token = issueToken(agent, 12345678);',
		'task-with-a-long-name-and-a-number-12345678',
		'maxTokens: 200000000, apiKey: string, password: string',
		'export API_KEY=$OTHER_KEY TOKEN=${TOKEN} SECRET=$(pass show it)',
		'commit 5e758a35d4d61a6ade1429ea8b2484545e758a35',
		'https://example.org:8080/a/b?c=d#e ssh://git@host:22/x',
		'password: ******** and [secret 0a1b2c3d]',
		'the token is in TOKEN_FILE, the key is in KEY_PATH',
		'src/lib/secret-shapes.ts:12:34 sk-sk-sk',
	];
	for (const line of lines) expect(found(line)).toEqual([]);
});

test('a beginning that may become one is open, wherever a text is cut', () => {
	for (const [secret, line] of byLooks.filter(([one, whole]) =>
		whole.includes(`${one} here`),
	))
		for (let cut = 6; cut < secret.length; cut += 5) {
			const at = line.indexOf(secret);
			expect(openShape(line.slice(0, at + cut))).toBeLessThanOrEqual(at);
		}
	expect(openShape('all is said.')).toBe('all is said.'.length);
});

const bytes = 65_536;
const floods: readonly string[] = [
	...[
		'a_',
		'a-',
		'A_',
		'sk-',
		'sk-sk-1',
		'sk_a.',
		'glpat-_',
		'eyJ',
		'eyJaaaaaaaa.',
		'://',
		'://a:',
	],
	...[
		'KEY=',
		'KEY="',
		'A_KEY=x1234567 ',
		'token:  "',
		'password: ',
		'Basic ',
		'Bearer ',
		'key',
	],
	...[
		'-----BEGIN PRIVATE KEY-----',
		'PRIVATE KEY',
		'-----BEGIN ',
		':',
		'-',
		'x',
		'A',
		' ',
		'"',
		'@',
	],
];

test.for(floods)('a flood of %j costs little more than one of words', (flood) => {
	const text = 'what is read here has nothing to hide; '.repeat(bytes / 39);
	const forms = [
		flood.repeat(bytes / flood.length),
		`${flood.repeat(60 / flood.length + 1)}\n`.repeat(bytes / 70),
		`${flood}!`.repeat(bytes / (flood.length + 1)),
		flood.repeat(2040 / flood.length) + '!',
	];
	for (const form of forms) {
		const hostile = fastest(form);
		expect(hostile / Math.max(fastest(text), shortestMs)).toBeLessThan(factor);
	}
});

/** Far above what is measured, as others run on this machine. */
const factor = 400;
/** Of words: less than this is not measured well. */
const shortestMs = 0.3;

/** Milliseconds of this processor; others may have it meanwhile. */
function fastest(text: string): number {
	const times = Array.from({ length: 3 }, () => {
		const before = process.cpuUsage();
		shapesIn(text);
		openShape(text);
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1000;
	});
	return Math.min(...times);
}
