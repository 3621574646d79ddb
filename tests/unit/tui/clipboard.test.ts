import { expect, test } from 'vitest';
import { clipboardSequence } from '../../../src/tui/copying/clipboard.ts';
import { clipboardTools } from '../../../src/tui/copying/clipboard-tools.ts';

const plain = '\x1b]52;c;aGk=\x07';

test('a terminal gets OSC 52, tmux also its wrapping', () => {
	expect(clipboardSequence('hi', {})).toBe(plain);
	expect(clipboardSequence('hi', { TMUX: '/tmp/tmux-0/default,1,0' })).toBe(
		`${plain}\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\`,
	);
});

test('screen gets pieces of at most 768 bytes that make the whole', () => {
	const text = 'x'.repeat(5000);
	const sent = clipboardSequence(text, { STY: '1.pts' });
	const pieces = sent.split('\x1b\\').slice(0, -1);
	for (const piece of pieces) {
		expect(piece.startsWith('\x1bP')).toBe(true);
		expect(piece.length).toBeLessThan(768);
	}
	const whole = pieces.map((piece) => piece.slice(2)).join('');
	expect(whole).toBe(clipboardSequence(text, {}));
});

test('the tools are those of the machine that the user sits at', () => {
	const names = (environment: Record<string, string>, platform: NodeJS.Platform) =>
		clipboardTools(environment, platform).map(([name]) => name);
	expect(names({}, 'darwin')).toEqual(['pbcopy']);
	expect(names({ WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }, 'linux')).toEqual([
		'wl-copy',
		'xclip',
		'xsel',
	]);
	expect(names({ DISPLAY: ':10', SSH_CONNECTION: 'a b' }, 'linux')).toEqual([]);
	expect(names({ TMUX: 'x', SSH_CONNECTION: 'a b' }, 'linux')).toEqual(['tmux']);
});
