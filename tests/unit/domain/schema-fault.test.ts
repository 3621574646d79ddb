import { expect, test } from 'vitest';
import { faultInWords } from '../../../src/domain/schema-fault.ts';
import { faultOfSettings } from '../../../src/domain/settings-schema.ts';
import { clientRequests } from '../../../src/protocol/client.ts';

test.each([
	[
		{ layout: 'sideways' },
		'layout must be one of auto, grid, main-stack, columns, strips',
	],
	[{ holder: { agents: 'many' } }, 'holder.agents must be a number'],
	[{ holder: { agents: 0 } }, 'holder.agents must be at least 1'],
	[{ worktree: { setup: 5 } }, 'worktree.setup must be a text, or must be a list'],
	[{ worktree: { setup: '' } }, 'worktree.setup must not be empty'],
	[{ worktree: { copy: ['../x'] } }, 'must be a path inside the repository'],
	[[], 'a settings file must be a group of keys'],
	[{ lay: 1 }, 'there is no setting lay'],
])('a fault of settings is said in plain words: %j', (value, words) => {
	expect(faultOfSettings(value)).toContain(words);
});

test('so is a fault of a request', () => {
	const faultOf = (operation: 'kill' | 'keys', body: unknown) => {
		const [issue] = clientRequests[operation].safeParse(body).error?.issues ?? [];
		return issue && faultInWords(issue);
	};
	expect(faultOf('kill', { agent: '', wait: true })).toBe('must not be empty');
	expect(faultOf('kill', { agent: 'a'.repeat(301), wait: true })).toBe(
		'must have at most 300 characters',
	);
	expect(faultOf('kill', { agent: 'a' })).toBe('must be true or false');
	expect(faultOf('keys', { agent: 'a', keys: [] })).toBe('must not be empty');
});
