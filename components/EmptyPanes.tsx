import type { Area } from '../src/domain/area.ts';
import { foundRows, foundWidth } from '../src/tui/chrome/first-steps.ts';
import type { Keymap } from '../src/tui/keys/keymap.ts';
import type { LeaderAsk } from '../src/tui/keys/leader-ask.ts';
import { leaderAskLines } from '../src/tui/keys/leader-ask-lines.ts';
import { withKeys } from '../src/tui/keys/named-keys.ts';
import { bold, type Line, lineWidth, span } from '../src/tui/paint/spans.ts';
import { LineStack } from './LineStack.tsx';

/** What to do first. */
export function EmptyPanes({
	area,
	keymap,
	leaderAsk,
	steps,
	found,
}: {
	readonly area: Area;
	readonly keymap: Keymap;
	readonly leaderAsk: LeaderAsk | null;
	readonly steps: readonly (readonly [key: string, text: string])[];
	/** What there is for it, once somebody looked. */
	readonly found: readonly Line[];
}) {
	const asked = leaderAsk ? [[], ...leaderAskLines(leaderAsk, keymap)] : [];
	const first = stepLines(steps, keymap);
	// What may come later has its place: nothing moves when it does.
	const room = Array.from({ length: foundRows }, (_, at): Line => found[at] ?? []);
	const lines = [...first, [], ...room, ...asked];
	const width = Math.max(foundWidth, ...lines.map(lineWidth));
	const top = Math.max(0, Math.floor((area.height - lines.length) / 2));
	return (
		<LineStack
			area={{
				x: area.x + Math.max(0, Math.floor((area.width - width) / 2)),
				y: area.y + top,
				width: Math.min(width, area.width),
				height: Math.min(lines.length, area.height - top),
			}}
			lines={lines}
		/>
	);
}

function stepLines(
	steps: readonly (readonly [key: string, text: string])[],
	keymap: Keymap,
): readonly Line[] {
	const named = steps.map(([key, text]) => [withKeys(key, keymap, 'nav'), text] as const);
	const width = Math.max(...named.map(([key]) => key.length)) + 2;
	return [
		[bold('No agents yet.')],
		[],
		...named.map(([key, text]): Line => [bold(key.padEnd(width), 'accent'), span(text)]),
	];
}
