// Too much at once: when the inbox is flooded, and which of its items are alike. What is alike has the
// same kind and asks for the same sort of command.
import type { InboxItem, ItemKind } from './inbox.ts';

/** So many that came of late make a flood (EEMUA 191: ten in ten minutes). */
const floodItems = 10;
const floodMs = 10 * 60_000;
/** It is over once fewer than so many are open. */
const calmItems = 5;

type Open = Pick<InboxItem, 'kind' | 'since' | 'snoozed'>;

/** Whether the inbox is flooded at `now`; `before` says whether it was. */
export function isFlood(before: boolean, items: readonly Open[], now: string): boolean {
	const open = items.filter(({ kind, snoozed }) => kind !== 'done' && snoozed === null);
	if (before) return open.length >= calmItems;
	const from = Date.parse(now) - floodMs;
	return open.filter(({ since }) => Date.parse(since) >= from).length >= floodItems;
}

export interface Alike<I> {
	readonly kind: ItemKind;
	/** What is common to them: `npm run build`, `Edit`, the words of a question. */
	readonly shape: string;
	/** In the order in which they were given; never empty. */
	readonly items: readonly I[];
}

/** Items by kind and shape, in the order of the first of each. */
export function alike<I extends Pick<InboxItem, 'kind' | 'text'>>(
	items: readonly I[],
): readonly Alike<I>[] {
	const groups = Map.groupBy(items, ({ kind, text }) => `${kind} ${shapeOf(text)}`);
	return [...groups.values()].flatMap((some) => {
		const [first] = some;
		if (!first) return [];
		return { kind: first.kind, shape: shapeOf(first.text), items: some };
	});
}

/**
 * The inbox while it is flooded: alike items stand together, in the order of the first of each, and of
 * those that can wait only the first is listed.
 */
export function floodOrder<I extends Pick<InboxItem, 'kind' | 'text' | 'tier'>>(
	items: readonly I[],
): readonly I[] {
	const urgent = items.filter(({ tier }) => tier < 3);
	const [first] = items.filter(({ tier }) => tier === 3);
	return [...alike(urgent).flatMap(({ items: some }) => some), ...(first ? [first] : [])];
}

/** What a question is about, without what differs from one to the next of its sort. */
export function shapeOf(text: string): string {
	const asked = /^([A-Z]\w*): (.+)$/s.exec(text);
	if (!asked) return text.trim().slice(0, longestShape);
	const [, tool = '', what = ''] = asked;
	return tool === 'Bash' ? commandShape(what) : tool;
}

const longestShape = 120;

/**
 * The programs of a command line and what they are to do: `git push`, `cd && npm run build`. What cannot
 * be told apart by looking at words, such as a substitution, is its own shape: one that is answered for
 * all must not hide another.
 */
export function commandShape(command: string): string {
	const line = command.trim();
	const plain = line.replaceAll(/'[^']*'|"(?:\\.|[^"\\])*"/g, (quoted) =>
		/^"[^]*[$`]/.test(quoted) ? quoted : '_',
	);
	if (/[$`'"(){}<>\n\\]/.test(plain)) return line.slice(0, longestShape);
	return plain
		.split(/(\|\||&&|[;|&])/)
		.map((part, at) => (at % 2 === 1 ? part : deedOf(part)))
		.filter((part) => part !== '')
		.join(' ')
		.slice(0, longestShape);
}

/** Programs whose first word says what they do. */
const ofManyDeeds = new Set([
	...['git', 'gh', 'npm', 'pnpm', 'yarn', 'bun', 'npx', 'deno', 'cargo', 'go', 'make'],
	...['just', 'docker', 'podman', 'kubectl', 'helm', 'terraform', 'aws', 'gcloud'],
	...[
		'pip',
		'pip3',
		'uv',
		'poetry',
		'bundle',
		'rails',
		'rake',
		'mvn',
		'gradle',
		'dotnet',
	],
	...['systemctl', 'brew', 'apt', 'apt-get'],
]);

/** Whose first word is followed by the name of what is run. */
const runners = new Set(['run', 'exec']);

function deedOf(part: string): string {
	const words = part.trim().split(/\s+/).filter(Boolean);
	const from = words.findIndex((word) => !/^\w+=/.test(word));
	const [program = '', first = '', second = ''] = from < 0 ? [] : words.slice(from);
	const name = program.split('/').at(-1) ?? '';
	if (!ofManyDeeds.has(name) || !isPlain(first)) return name;
	return runners.has(first) && isPlain(second)
		? `${name} ${first} ${second}`
		: `${name} ${first}`;
}

function isPlain(word: string): boolean {
	return /^[a-z][\w:@.-]*$/i.test(word);
}
