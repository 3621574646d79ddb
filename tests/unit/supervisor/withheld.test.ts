import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Withheld } from '../../../src/supervisor/withheld.ts';
import { put } from '../../fixtures/secrets/canaries.ts';

const nameOf = (secret: string) =>
	createHash('sha256').update(secret).digest('hex').slice(0, 8);
const open = () => new Withheld(nameOf);
const token = put('gh', 'p_', '0123456789abcdefghijklmnopqrstuvwxyz');

test('a secret leaves a name, the same for the same, in every text of a value', () => {
	const withheld = open();
	withheld.know({ API_KEY: 'hunter2-hunter2', HOME: '/home/somebody' });
	const value = {
		argv: ['run', 'hunter2-hunter2'],
		say: [{ text: `${token}, /home/somebody` }],
	};
	expect(withheld.out(value)).toEqual({
		argv: ['run', `[secret ${nameOf('hunter2-hunter2')}]`],
		say: [{ text: `[secret ${nameOf(token)}], /home/somebody` }],
	});
	expect(withheld.out(withheld.out(value))).toEqual(withheld.out(value));
});

test('what holds none stays the very same', () => {
	const value = { kind: 'agent.kill', agent: 'a1', list: ['one', 'two'] };
	expect(open().out(value)).toBe(value);
});

test('only what a human said comes back, and only as it was said', () => {
	const withheld = open();
	withheld.know({ API_KEY: 'hunter2-hunter2' });
	const bare = withheld.out('an agent says hunter2-hunter2');
	expect(withheld.back(bare)).toBe(bare);
	const said = withheld.outOfSaid(`use ${token} twice: ${token}`);
	expect(said).not.toContain(token);
	expect(withheld.back(said)).toBe(`use ${token} twice: ${token}`);
	expect(withheld.namedIn(said)).toEqual([token]);
	expect(open().back(said)).toBe(said);
});

test('a word that is a secret as well is one in prose, and none in a name or a path', () => {
	const withheld = open();
	withheld.know({ DB_PASSWORD: 'postgres', DEPLOY_KEY: '12345678' });
	expect(withheld.out(['postgres', 'src/postgres/a.ts', 'a12345678'])).toEqual([
		'postgres',
		'src/postgres/a.ts',
		'a12345678',
	]);
	expect(withheld.out('the password is postgres')).toMatch(/ is \[secret \w+\]$/);
});

test('a variable that says where a secret is kept holds none', () => {
	const withheld = open();
	withheld.know({ SSH_KEY: process.cwd(), TOKEN_PLACE: '~/.config/token' });
	expect(withheld.out(`in ${process.cwd()} and ~/.config/token`)).toContain(
		process.cwd(),
	);
});

test('the lines of a private key are known once it was seen whole', () => {
	const withheld = open();
	const line = 'MIIEpAIBAAKCAQEA0123456789abcdef';
	const key = put(
		'-----BEGIN ',
		'RSA PRIVATE KEY',
		`-----\n${line}\nabc=\n-----END `,
		'RSA PRIVATE KEY',
		'-----',
	);
	expect(withheld.out(key)).not.toContain(line);
	expect(withheld.out(`  ${line}`)).not.toContain(line);
});
