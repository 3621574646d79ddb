// Keys that the program around weir keeps for itself: tmux says which by its options, screen and zellij
// are known by the keys that they are shipped with.
import { execFile } from 'node:child_process';
import type { Environment } from '../../lib/environment.ts';
import { readKeys } from './key-notation.ts';
import type { Keymap } from './keymap.ts';
import type { KeyFinding } from './keymap-check.ts';
import { rowsOf } from './keys.ts';

export interface OuterKeys {
	readonly program: 'tmux' | 'screen' | 'zellij';
	readonly keys: readonly string[];
}

/** What lies around weir, as its environment tells. */
export async function outerKeys(environment: Environment): Promise<readonly OuterKeys[]> {
	const found: OuterKeys[] = [];
	if (environment['TMUX'])
		found.push({ program: 'tmux', keys: await tmuxPrefixes(environment) });
	if (environment['STY']) found.push({ program: 'screen', keys: ['ctrl+a'] });
	if (environment['ZELLIJ'] !== undefined)
		found.push({ program: 'zellij', keys: zellijKeys });
	return found;
}

/** The leader and the chords of typing that never arrive. */
export function outerClashes(
	keymap: Keymap,
	outer: readonly OuterKeys[],
): readonly KeyFinding[] {
	const chords = rowsOf(keymap, 'type').flatMap(({ keys }) => keys);
	return outer.flatMap(({ program, keys }) => {
		const warning = (key: string, use: string): KeyFinding[] => {
			if (!keys.includes(key)) return [];
			const message = `${use} ${key} does not arrive: the ${program} around weir takes it`;
			return [{ level: 'warning', at: null, message }];
		};
		return [
			...warning(keymap.leader, 'the leader'),
			...chords.flatMap((key) => warning(key, 'while typing')),
		];
	});
}

/** The modes and the focus of zellij 0.4x, in its default keys. */
const zellijKeys = [
	...Array.from('gptnshobq', (letter) => `ctrl+${letter}`),
	...Array.from('nfiohjkl=+-[]p', (letter) => `alt+${letter}`),
	...['left', 'down', 'up', 'right'].map((name) => `alt+${name}`),
];

const tmuxLimitMs = 2000;

async function tmuxPrefixes(environment: Environment): Promise<readonly string[]> {
	const options = await Promise.all(
		['prefix', 'prefix2'].map((name) => tmuxOption(name, environment)),
	);
	return options.flatMap((text) => {
		const read = readKeys(text);
		return read.ok ? [read.value] : [];
	});
}

/** Empty where tmux does not answer: then nothing is known. */
function tmuxOption(name: string, env: Environment): Promise<string> {
	return new Promise((settle) => {
		execFile(
			'tmux',
			['show-options', '-gqv', name],
			{ env, timeout: tmuxLimitMs },
			(error, stdout) => settle(error ? '' : stdout.trim()),
		);
	});
}
