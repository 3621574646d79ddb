import { expect, test } from 'vitest';
import { echoLine } from '../../../src/tui/keys/key-echo.ts';
import { presetKeymap } from '../../../src/tui/keys/key-presets.ts';
import { builtInKeymap } from '../../../src/tui/keys/keymap.ts';

const said = (key: string, bytes: string, keymap = builtInKeymap) =>
	echoLine(keymap, key, { bytes: Buffer.from(bytes) });

test('a key is echoed with its bytes and what it does where', () => {
	expect(said('ctrl+space', '\0')).toBe(
		'ctrl+space  00  the leader: while typing, the next key is for weir',
	);
	expect(said('alt+e', '\x1be')).toBe('alt+e  1b 65  type.leave in type');
	expect(said('z', 'z')).toBe('z  7a  view.zoom in nav');
	expect(said('y', 'y')).toMatch(
		/^y {2}79 {2}copy\.take in copy; trespass\.restore in outside; merge\.land in merge; dialog\.yes in loss, /,
	);
	expect(said('f7', '\x1b[18~')).toBe('f7  1b 5b 31 38 7e  nothing of weir');
});

test('keys that begin others, and keys that panes need, say so', () => {
	const line = said('ctrl+x', '\x18', presetKeymap('emacs'));
	expect(line).toMatch(/Ctrl\+X k, .*Ctrl\+X Ctrl\+C in nav/);
	expect(line).toContain('in panes: opencode and Claude begin chords by it');
});
