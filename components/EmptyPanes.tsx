import type { Area } from '../src/domain/area.ts';
import { bold, type Line, lineWidth, span } from '../src/tui/spans.ts';
import { LineStack } from './LineStack.tsx';

/** What to do first. */
export function EmptyPanes({ area }: { readonly area: Area }) {
	const width = Math.max(...lines.map(lineWidth));
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

const key = (name: string, text: string): Line => [
	bold(name.padEnd(3), 'accent'),
	span(text),
];

const lines: readonly Line[] = [
	[bold('No agents yet.')],
	[],
	key('c', 'start one in a worktree of its own'),
	key(':', 'all commands, by name'),
	key('?', 'all keys'),
	key('Q', 'leave'),
];
