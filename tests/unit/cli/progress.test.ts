import { expect, test } from 'vitest';
import { progressLine } from '../../../src/cli/progress.ts';

test('the step that has come least far is told, with its count', () => {
	expect(progressLine('new api', 3400, [])).toBe('new api, 3 s');
	expect(
		progressLine('new api', 3400, [
			null,
			{ label: 'files', done: 90, total: 100 },
			{ label: 'files', done: 12, total: 100 },
		]),
	).toBe('new api: files 12/100, 3 s');
	expect(
		progressLine('kill api', 1000, [{ label: 'set-up', done: 0, total: null }]),
	).toBe('kill api: set-up, 1 s');
});
