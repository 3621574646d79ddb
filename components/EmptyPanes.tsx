import type { Area } from '../src/domain/area.ts';
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
}: {
	readonly area: Area;
	readonly keymap: Keymap;
	readonly leaderAsk: LeaderAsk | null;
}) {
	const asked = leaderAsk ? [[], ...leaderAskLines(leaderAsk, keymap)] : [];
	const lines = [...emptyLines(keymap), ...asked];
	// The widest line that may come: nothing moves when it does.
	const width = Math.max(leaderAsk ? askWidth : 0, ...lines.map(lineWidth));
	return (
		<LineStack
			area={{
				x: area.x + Math.max(0, Math.floor((area.width - width) / 2)),
				y: area.y + Math.max(0, Math.floor((area.height - lines.length) / 2)),
				width: Math.min(width, area.width),
				height: Math.min(lines.length, area.height),
			}}
			lines={lines}
		/>
	);
}

const askWidth = 42;

const firstSteps = [
	['{agent.new}', 'start one in a worktree of its own'],
	['{palette.open}', 'all commands, by name'],
	['{help.open}', 'all keys'],
	['{quit.open}', 'leave'],
] as const;

function emptyLines(keymap: Keymap): readonly Line[] {
	const steps = firstSteps.map(
		([key, text]) => [withKeys(key, keymap, 'nav'), text] as const,
	);
	const width = Math.max(...steps.map(([key]) => key.length)) + 2;
	return [
		[bold('No agents yet.')],
		[],
		...steps.map(([key, text]): Line => [bold(key.padEnd(width), 'accent'), span(text)]),
	];
}
