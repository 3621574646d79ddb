import { Box } from 'ink';
import { useMemo } from 'react';
import { EmptyPanes } from '../components/EmptyPanes.tsx';
import { GatesScreen } from '../components/GatesScreen.tsx';
import { InboxScreen } from '../components/InboxScreen.tsx';
import { LineStack } from '../components/LineStack.tsx';
import { LinesContext, LookContext } from '../components/look.ts';
import { PaneChrome } from '../components/PaneChrome.tsx';
import { QueueScreen } from '../components/QueueScreen.tsx';
import { ReviewScreen } from '../components/ReviewScreen.tsx';
import { StripList } from '../components/StripList.tsx';
import { tooSmall } from '../src/lib/terminal-fitness.ts';
import { checklistLine } from '../src/tui/chrome/checklist.ts';
import type { ChromePart } from '../src/tui/chrome/chrome-parts.ts';
import { firstSteps, foundLines } from '../src/tui/chrome/first-steps.ts';
import { headerLine } from '../src/tui/chrome/header.ts';
import { hintLine, messageLine } from '../src/tui/chrome/message-line.ts';
import type { Glyphs } from '../src/tui/look/glyphs.ts';
import type { Picture } from '../src/tui/paint/picture.ts';
import { span, wrapText } from '../src/tui/paint/spans.ts';
import { shownAgents } from '../src/tui/view.ts';

/** A part of the chrome: what a view draws. */
export function Root({
	part,
	glyphs,
}: {
	readonly part: ChromePart;
	readonly glyphs: Glyphs;
}) {
	const { theme, rows, columns } = part;
	const look = useMemo(() => ({ theme, glyphs }), [theme, glyphs]);
	const lines = useMemo(() => new Map(rows.map((y, line) => [y, line])), [rows]);
	return (
		<LookContext value={look}>
			<LinesContext value={lines}>
				<Box width={columns} height={rows.length}>
					{part.kind === 'bars' ? (
						<Bars picture={part.picture} glyphs={glyphs} />
					) : (
						part.panes.map((facts) => <PaneChrome key={facts.agent.id} facts={facts} />)
					)}
				</Box>
			</LinesContext>
		</LookContext>
	);
}

const screens = {
	inbox: InboxScreen,
	review: ReviewScreen,
	gates: GatesScreen,
	queue: QueueScreen,
};

function Bars({
	picture,
	glyphs,
}: {
	readonly picture: Picture;
	readonly glyphs: Glyphs;
}) {
	const { arrangement, card, reflection, view, live } = picture;
	const Screen = view.screen === 'panes' ? InboxScreen : screens[view.screen];
	const { state } = reflection;
	const agents = shownAgents(state);
	const modes = view.focus === null ? 0 : live[view.focus]?.modes;
	if (arrangement.kind === 'small') {
		const area = { x: 0, y: 0, width: view.columns, height: view.rows };
		const lines = wrapText(tooSmall(view, agents.length), view.columns);
		return <LineStack area={area} lines={lines.map((text) => [span(text, 'need')])} />;
	}
	return (
		<>
			<LineStack
				area={arrangement.header}
				lines={[headerLine(reflection, agents, view, glyphs)]}
			/>
			{arrangement.kind === 'empty' && (
				<EmptyPanes
					area={arrangement.body}
					keymap={view.keymap}
					leaderAsk={view.leaderAsk}
					steps={firstSteps(reflection, view)}
					found={foundLines(reflection, view.surroundings)}
				/>
			)}
			{arrangement.kind === 'other' && (
				<Screen body={arrangement.body} reflection={reflection} view={view} />
			)}
			{arrangement.strips && (
				<StripList
					place={arrangement.strips}
					agents={agents}
					reflection={reflection}
					look={view}
					now={view.now}
				/>
			)}
			{arrangement.checklist && (
				<LineStack
					area={arrangement.checklist}
					lines={[
						checklistLine(
							view.checklist,
							{ agents, focus: view.focus, keymap: view.keymap },
							view.columns,
							glyphs,
						),
					]}
				/>
			)}
			<LineStack area={arrangement.message} lines={[messageLine(state, view)]} />
			<LineStack area={arrangement.hints} lines={[hintLine({ state, view }, modes)]} />
			{card && <LineStack area={card.area} lines={card.lines} />}
		</>
	);
}
