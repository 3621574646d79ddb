import { expect, test } from 'vitest';
import { builtInKeymap } from '../../../src/tui/keys/keymap.ts';
import { outerClashes, outerKeys } from '../../../src/tui/keys/outer-keys.ts';

const told = (...args: Parameters<typeof outerClashes>) =>
	outerClashes(...args).map(({ message }) => message);

test('a leader that the program around weir takes is told', () => {
	const tmux = [{ program: 'tmux', keys: ['ctrl+b'] }] as const;
	expect(told(builtInKeymap, tmux)).toEqual([]);
	expect(told({ ...builtInKeymap, leader: 'ctrl+b' }, tmux)).toEqual([
		'the leader ctrl+b does not arrive: the tmux around weir takes it',
	]);
});

test('zellij and screen are known by their environment, and by the keys they come with', async () => {
	expect(await outerKeys({})).toEqual([]);
	expect(await outerKeys({ STY: '1.pts-0' })).toEqual([
		{ program: 'screen', keys: ['ctrl+a'] },
	]);
	const zellij = await outerKeys({ ZELLIJ: '0' });
	expect(told(builtInKeymap, zellij)).toEqual([
		'while typing alt+i does not arrive: the zellij around weir takes it',
		'while typing alt+j does not arrive: the zellij around weir takes it',
		'while typing alt+k does not arrive: the zellij around weir takes it',
	]);
	expect(told({ ...builtInKeymap, directChords: false }, zellij)).toEqual([]);
});

test('a tmux that does not answer leaves nothing known', async () => {
	const env = { TMUX: '/nowhere/socket,1,0', PATH: '/nowhere' };
	expect(await outerKeys(env)).toEqual([{ program: 'tmux', keys: [] }]);
});
