import * as fc from 'fast-check';
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

test('no text takes long', () => {
	const letters = fc.constantFrom(
		'-',
		'_',
		'=',
		':',
		'"',
		' ',
		'K',
		'sk-',
		'TOKEN',
		'://',
		'eyJ',
		'.',
		'@',
	);
	fc.assert(
		fc.property(fc.array(letters, { minLength: 1, maxLength: 6 }), (parts) => {
			const text = parts.join('').repeat(3000);
			const began = process.cpuUsage().user;
			shapesIn(text);
			openShape(text);
			expect(process.cpuUsage(undefined).user - began).toBeLessThan(4_000_000);
		}),
		{ numRuns: 60 },
	);
});
