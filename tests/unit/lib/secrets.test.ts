import { expect, test } from 'vitest';
import { secretsOf, withoutSecrets } from '../../../src/lib/secrets.ts';

test('secrets are values of telling names, long enough not to black out words', () => {
	const secrets = secretsOf({
		API_KEY: 'abcdefgh',
		TOKEN: 'short',
		HOME: '/home/somebody',
	});
	expect(secrets).toEqual(['abcdefgh']);
});

test('a text loses all secrets, one that is a part of another and lines of one too', () => {
	const secrets = ['abcdefgh', 'abcdefghijkl', 'first-line-1\nsecond-line'];
	const text = 'a abcdefghijkl b abcdefgh c second-line d short';
	expect(withoutSecrets(text, secrets)).toBe('a ******** b ******** c ******** d short');
});
