import { expect, test } from 'vitest';
import { firstFault } from '../../../src/lib/schema-words.ts';
import { clientRequests } from '../../../src/protocol/client.ts';

test.each([
	['kill', { agent: 'a' }, 'wait: expected true or false'],
	['kill', { agent: 3, wait: true }, 'agent: expected a text'],
	['keys', { agent: 'a', keys: [] }, 'keys: expected a list that is not empty'],
	['keys', { agent: 'a', keys: ['x'.repeat(65)] }, 'keys.0: expected at most 64 char'],
	['wait', { agents: ['a'], until: ['idle'], timeoutMs: -1 }, 'expected at least 0'],
	[
		'merge',
		{ agent: 'a', into: null, wait: true, strategy: 'x' },
		'squash, merge or rebase',
	],
	['status', 7, 'expected a mapping of keys to values'],
] as const)('a request %s of %j is told in our words', (operation, body, says) => {
	const checked = clientRequests[operation].safeParse(body);
	const fault = checked.success ? '' : firstFault(checked.error.issues);
	expect(fault).toContain(says);
	expect(fault).not.toMatch(/Invalid|Too |received/);
});
