import { expect, test } from 'vitest';
import { Errands } from '../../../src/tui/copying/errands.ts';

test('what comes later waits for what takes a while, and what lacked something is done again', async () => {
	const errands = new Errands();
	const did: string[] = [];
	const lines = Promise.withResolvers<void>();
	const search = Promise.withResolvers<void>();
	let missing = true;
	errands.push(() => {
		did.push(missing ? 'move lacks a line' : 'move');
		return missing ? { until: lines.promise, again: true } : undefined;
	});
	errands.push(() => {
		did.push('search');
		return { until: search.promise, again: false };
	});
	const last = Promise.withResolvers<void>();
	errands.push(() => {
		did.push('select');
		last.resolve();
		return undefined;
	});
	expect(did).toEqual(['move lacks a line']);
	missing = false;
	lines.resolve();
	search.resolve();
	await last.promise;
	expect(did).toEqual(['move lacks a line', 'move', 'search', 'select']);
});

test('what is forgotten while something takes a while is not done', async () => {
	const errands = new Errands();
	const did: string[] = [];
	const search = Promise.withResolvers<void>();
	errands.push(() => ({ until: search.promise, again: false }));
	errands.push(() => void did.push('forgotten'));
	errands.clear();
	const later = Promise.withResolvers<void>();
	errands.push(() => {
		did.push('later');
		later.resolve();
		return undefined;
	});
	search.resolve();
	await later.promise;
	expect(did).toEqual(['later']);
});
