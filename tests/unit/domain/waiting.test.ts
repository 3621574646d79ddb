import { expect, test } from 'vitest';
import {
	checkWaitWords,
	isIn,
	settledWords,
	waitWords,
	whyNotWait,
} from '../../../src/domain/waiting.ts';
import { Core, done, failed, newAgent } from '../../support/domain.ts';

test('what runs may become anything; what is waited for by default can be waited for', () => {
	const core = new Core();
	core.running('api');
	expect(isIn(core.agent('api'), ['running'])).toBe(true);
	expect(whyNotWait(core.agent('api'), ['done'])).toBeNull();
	expect(checkWaitWords(settledWords)).toEqual({ ok: true, value: undefined });
	expect(settledWords.filter((word) => !waitWords.includes(word))).toEqual([]);
});

test('a word that is no state is refused with the nearest', () => {
	expect(checkWaitWords([''])).toMatchObject({
		refusal: { message: expect.stringContaining('no state "";') },
	});
	expect(checkWaitWords(['idel'])).toMatchObject({
		refusal: { code: 'state.unknown', allow: '--until idle' },
	});
});

test('a program that has ended becomes nothing by itself, but can be removed', () => {
	const core = new Core();
	core.running('api');
	core.exits('api', 1);
	const api = core.agent('api');
	expect(isIn(api, settledWords)).toBe(true);
	expect(whyNotWait(api, ['removed'])).toBeNull();
	expect(whyNotWait(api, ['idle', 'done'])).toEqual({
		code: 'wait.over',
		message: 'api has ended (exit code 1) and does not become idle or done by itself',
		allow: 'weir respawn api',
	});
});

test('what did not start, and what was removed, say so', () => {
	const core = new Core();
	core.submit(newAgent('api'));
	expect(whyNotWait(core.agent('api'), ['idle'])).toBeNull();
	core.settle('worktree', failed('no room'));
	expect(whyNotWait(core.agent('api'), ['idle'])?.message).toContain('did not start');
	core.running('old');
	core.exits('old', 0);
	core.submit({ kind: 'agent.remove', agent: core.id('old') });
	core.settle('snapshot', { ok: true, value: { commit: 'beef', files: 0 } });
	core.settle('remove', done);
	const old = core.agent('old');
	expect(isIn(old, ['done'])).toBe(false);
	expect(isIn(old, ['removed'])).toBe(true);
	expect(whyNotWait(old, ['done'])?.allow).toBe('weir restore old');
});
