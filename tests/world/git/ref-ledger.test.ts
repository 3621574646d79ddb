// Which moves of refs are somebody else's: also one that weir puts right before it looks.
import { expect, test } from 'vitest';
import { changeRefs } from '../../../src/git/refs.ts';
import { commitFiles, gitIn, makeRepository, open } from '../../support/repository.ts';

async function known() {
	const top = makeRepository({ a: 'a' });
	const { place, ledger } = await open(top);
	const first = gitIn(top, 'rev-parse', 'HEAD');
	const second = commitFiles(top, { b: 'b' });
	const ref = 'refs/heads/weir/agent';
	const look = () => ledger.look(place, ['weir/agent']);
	await look();
	const change = (from: string | null, to: string | null) =>
		changeRefs(place, [{ ref, from, to }], 'test');
	await change(null, first);
	return { top, ref, first, second, look, change };
}

test('a branch that was deleted and that weir has put back by then was moved by others all the same', async () => {
	const { top, ref, first, look, change } = await known();
	gitIn(top, 'update-ref', '-d', ref);
	expect(await change(null, first)).toMatchObject({ ok: true });
	expect(await look()).toEqual([{ ref, old: first, new: null }]);
	expect(await look()).toEqual([]);
});

test('a branch that weir moves from where others put it', async () => {
	const { top, ref, first, second, look, change } = await known();
	gitIn(top, 'update-ref', ref, second);
	expect(await change(second, first)).toMatchObject({ ok: true });
	expect(await look()).toEqual([{ ref, old: first, new: second }]);
});

test('changes of weir’s own, refused ones and ones of branches that nobody asks after tell nothing', async () => {
	const { top, first, second, look, change } = await known();
	expect(await change(first, second)).toMatchObject({ ok: true });
	expect(await change(first, second)).toMatchObject({ ok: false });
	expect(await change(second, null)).toMatchObject({ ok: true });
	expect(await change(null, first)).toMatchObject({ ok: true });
	gitIn(top, 'update-ref', 'refs/heads/own', second);
	expect(await look()).toEqual([]);
});

test('where a ref of weir’s stands is known without a look, and not while weir moves it', async () => {
	const top = makeRepository({ a: 'a' });
	const { place, ledger } = await open(top);
	const to = gitIn(top, 'rev-parse', 'HEAD');
	const ref = 'refs/weir/synced/agent';
	expect(ledger.targetOf(ref)).toBeUndefined();
	await ledger.look(place, []);
	expect(ledger.targetOf(ref)).toBeNull();
	const moving = changeRefs(place, [{ ref, from: null, to }], 'test');
	expect(ledger.targetOf(ref)).toBeUndefined();
	await moving;
	expect(ledger.targetOf(ref)).toBe(to);
	gitIn(top, 'update-ref', '-d', ref);
	await ledger.look(place, []);
	expect(ledger.targetOf(ref)).toBeNull();
});
