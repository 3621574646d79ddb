import { expect, test } from 'vitest';
import { isOlder } from '../../../src/lib/version-order.ts';

test.each([
	['2.1.294', '2.1.295', true],
	['2.1.295', '2.1.295', false],
	['2.1.1000', '2.1.295', false],
	['2.2.0', '2.1.295', false],
	['1.9.999', '2.1.295', true],
	['2.1', '2.1.295', true],
])('%s against %s', (version, than, older) => {
	expect(isOlder(version, than)).toBe(older);
});
