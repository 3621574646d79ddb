// Keys for hands that have learned others, by name. A preset lies below the files: what a file binds
// counts over it.
import type { KeyContext } from './key-contexts.ts';
import { builtInKeymap, type Keymap } from './keymap.ts';
import type { ActionId } from './keys.ts';

interface Preset {
	readonly leader?: string;
	readonly directChords?: boolean;
	readonly bindings: {
		readonly [C in KeyContext]?: Readonly<Record<string, ActionId | null>>;
	};
}

const presets = {
	default: { bindings: {} },

	/** The prefix and, after it, the keys of tmux where weir does the like. */
	tmux: {
		leader: 'ctrl+b',
		bindings: {
			nav: {
				c: 'agent.new',
				x: 'agent.kill',
				n: 'focus.next',
				p: 'focus.previous',
				o: 'focus.next',
				w: 'focus.jump',
				q: 'focus.jump',
				d: 'quit.open',
				D: 'agent.diff',
				space: 'layout.next',
				'&': 'agent.remove',
				'{': 'swap.open',
				E: 'resize.equal',
				'%': 'agent.new',
				'"': 'agent.new',
				'!': 'attention.next',
				P: 'agent.pause',
				'ctrl+left': 'resize.left',
				'ctrl+right': 'resize.right',
				'ctrl+up': 'resize.up',
				'ctrl+down': 'resize.down',
			},
		},
	},

	/** C-x sequences, M-x for commands, C-g to get out of what lies open. */
	emacs: {
		leader: 'ctrl+\\',
		bindings: {
			nav: {
				'ctrl+p': 'focus.up',
				'ctrl+n': 'focus.down',
				'ctrl+b': 'focus.left',
				'ctrl+f': 'focus.right',
				'alt+<': 'focus.first',
				'alt+>': 'focus.end',
				'alt+v': 'scroll.up',
				'ctrl+v': 'scroll.down',
				'ctrl+s': 'focus.jump',
				'alt+x': 'palette.open',
				'ctrl+g': 'view.back',
				'ctrl+_': 'undo.open',
				'ctrl+x u': 'undo.open',
				'ctrl+x k': 'agent.kill',
				'ctrl+x ctrl+c': 'quit.open',
				'ctrl+x ctrl+f': 'agent.new',
				'ctrl+x b': 'focus.jump',
				'ctrl+x o': 'focus.next',
				'ctrl+x 1': 'view.zoom',
				'ctrl+x +': 'resize.equal',
				'ctrl+x ^': 'resize.up',
				'ctrl+x }': 'resize.right',
				'ctrl+x {': 'resize.left',
			},
			copy: {
				'ctrl+p': 'copy.up',
				'ctrl+n': 'copy.down',
				'ctrl+b': 'copy.left',
				'ctrl+f': 'copy.right',
				'ctrl+a': 'copy.line-start',
				'ctrl+e': 'copy.line-end',
				'alt+f': 'copy.word',
				'alt+b': 'copy.word-before',
				'alt+v': 'copy.page-up',
				'ctrl+v': 'copy.page-down',
				'alt+<': 'copy.first',
				'alt+>': 'copy.last',
				'ctrl+s': 'copy.search',
				'ctrl+r': 'copy.search-back',
				'ctrl+space': 'copy.select',
				'alt+w': 'copy.take',
				'ctrl+g': 'copy.leave',
			},
			search: { 'ctrl+g': 'dialog.close' },
			text: {
				'ctrl+v': 'list.page-down',
				'alt+v': 'list.page-up',
				'alt+<': 'list.first',
				'alt+>': 'list.end',
				'ctrl+g': 'dialog.close',
			},
			help: {
				'ctrl+v': 'list.page-down',
				'alt+v': 'list.page-up',
				'alt+<': 'list.first',
				'alt+>': 'list.end',
				'ctrl+g': 'dialog.close',
			},
			palette: { 'ctrl+g': 'dialog.close' },
			jump: { 'ctrl+g': 'dialog.close' },
			new: { 'ctrl+g': 'dialog.close' },
			edit: { 'ctrl+g': 'dialog.close' },
			layouts: { 'ctrl+g': 'dialog.close' },
			merge: { 'ctrl+g': 'dialog.close' },
			conflict: { 'ctrl+g': 'dialog.close' },
			loss: { 'ctrl+g': 'dialog.close' },
			undo: { 'ctrl+g': 'dialog.close' },
			revert: { 'ctrl+g': 'dialog.close' },
			paste: { 'ctrl+g': 'dialog.close' },
			quit: { 'ctrl+g': 'dialog.close' },
		},
	},

	/** No letter alone does anything to an agent: the list of commands does, by name. */
	minimal: {
		directChords: false,
		bindings: {
			nav: {
				w: null,
				i: null,
				m: null,
				d: null,
				x: null,
				R: null,
				F: null,
				P: null,
				X: null,
				p: null,
				c: null,
				u: null,
				v: null,
				V: null,
				L: null,
				H: null,
				J: null,
				K: null,
				S: null,
				'=': null,
				M: null,
			},
		},
	},
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof presets;

export const presetNames: readonly string[] = Object.keys(presets);

export function isPreset(name: unknown): name is PresetName {
	return typeof name === 'string' && Object.hasOwn(presets, name);
}

export function presetKeymap(name: PresetName): Keymap {
	const { bindings, ...others }: Preset = presets[name];
	return {
		...builtInKeymap,
		...others,
		bindings: Object.entries(bindings).flatMap(([context, keys]) =>
			Object.entries(keys).map(([key, action]) => ({
				// The contexts of a preset are checked by its type.
				context: context as KeyContext,
				key,
				action,
				from: null,
			})),
		),
	};
}
