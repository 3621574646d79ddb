// How items of the inbox are named: glyph, word and colour.
import type { InboxItem, ItemKind } from '../../domain/inbox.ts';
import type { GlyphName, Glyphs } from '../look/glyphs.ts';
import type { Role } from '../look/theme.ts';

interface ItemSign {
	readonly word: string;
	readonly glyph: GlyphName;
	readonly role: Role;
	/** What the agent does, after its name. */
	readonly does: string;
}

const signs = {
	alarm: { word: 'red', glyph: 'alarm', role: 'alarm', does: 'is red' },
	budget: { word: 'budget', glyph: 'alarm', role: 'alarm', does: 'is at its limit' },
	approve: { word: 'approve', glyph: 'need', role: 'need', does: 'asks for permission' },
	ask: { word: 'ask', glyph: 'ask', role: 'need', does: 'asks' },
	fail: { word: 'failed', glyph: 'fail', role: 'bad', does: 'failed' },
	stuck: { word: 'stuck', glyph: 'stuck', role: 'warn', does: 'is stuck' },
	lost: { word: 'lost', glyph: 'fail', role: 'bad', does: 'was lost' },
	trespass: {
		word: 'outside',
		glyph: 'scope',
		role: 'warn',
		does: 'wrote outside its scope',
	},
	scope: {
		word: 'scope',
		glyph: 'scope',
		role: 'warn',
		does: 'wants to write outside its scope',
	},
	done: { word: 'done', glyph: 'done', role: 'good', does: 'is done' },
} as const satisfies Record<ItemKind, ItemSign>;

export function signOfItem({ kind }: Pick<InboxItem, 'kind'>): ItemSign {
	return signs[kind];
}

/** With `~` before what is only inferred. */
export function wordOfItem(item: InboxItem, glyphs: Glyphs): string {
	return (item.inferred ? glyphs.inferred : '') + signOfItem(item).word;
}

/** One line of what it says, less what does not fit one. */
export function firstLineOf({
	text,
	detail,
}: Pick<InboxItem, 'text' | 'detail'>): string {
	const [first = ''] = text.split('\n');
	return first.trim() === '' ? (detail?.split('\n')[0] ?? '') : first;
}
