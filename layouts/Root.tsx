import { Box } from 'ink';
import { useMemo, useSyncExternalStore } from 'react';
import { Borders } from '../components/Borders.tsx';
import { EmptyPanes } from '../components/EmptyPanes.tsx';
import { LineStack } from '../components/LineStack.tsx';
import { LookContext } from '../components/look.ts';
import { PaneChrome } from '../components/PaneChrome.tsx';
import { StripList } from '../components/StripList.tsx';
import { tooSmall } from '../src/lib/terminal-fitness.ts';
import { checklistLine } from '../src/tui/chrome/checklist.ts';
import { headerLine } from '../src/tui/chrome/header.ts';
import { hintLine, messageLine } from '../src/tui/chrome/message-line.ts';
import type { Glyphs } from '../src/tui/look/glyphs.ts';
import { observationOf } from '../src/tui/mirror.ts';
import { bordersOf } from '../src/tui/paint/border-frames.ts';
import type { Picture } from '../src/tui/paint/picture.ts';
import { span, wrapText } from '../src/tui/paint/spans.ts';
import { shownAgents } from '../src/tui/view.ts';

/** Where the chrome gets what it shows. */
export interface PictureSource {
	readonly picture: Picture;
	readonly pulse: { readonly onBeat: { on(listener: () => void): () => void } };
}

/** The whole chrome: everything but the insides of panes. */
export function Root({
	source,
	glyphs,
}: {
	readonly source: PictureSource;
	readonly glyphs: Glyphs;
}) {
	const picture = useSyncExternalStore(
		(listener) => source.pulse.onBeat.on(listener),
		() => source.picture,
	);
	const { theme } = picture;
	const look = useMemo(() => ({ theme, glyphs }), [theme, glyphs]);
	const { columns, rows } = picture.view;
	return (
		<LookContext value={look}>
			<Box width={columns} height={rows}>
				<Screen picture={picture} glyphs={glyphs} />
			</Box>
		</LookContext>
	);
}

function Screen({
	picture,
	glyphs,
}: {
	readonly picture: Picture;
	readonly glyphs: Glyphs;
}) {
	const { arrangement, card, reflection, view, live } = picture;
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
				/>
			)}
			<Panes picture={picture} />
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

function Panes({ picture }: { readonly picture: Picture }) {
	const { arrangement, reflection, view, live } = picture;
	const agents = shownAgents(reflection.state);
	return (
		<>
			<Borders frames={bordersOf(arrangement, view)} />
			{arrangement.tiles.map((tile) => {
				const number = agents.findIndex(({ id }) => id === tile.pane);
				const agent = agents[number];
				if (!agent) return null;
				return (
					<PaneChrome
						key={tile.pane}
						agent={agent}
						number={number + 1}
						observation={observationOf(reflection, agent.id)}
						tile={tile}
						focused={agent.id === view.focus}
						scrolled={view.scrolled[agent.id]}
						call={view.calls[agent.id]}
						terminal={live[agent.id] ?? null}
						now={view.now}
						keymap={view.keymap}
					/>
				);
			})}
			{arrangement.strips && (
				<StripList
					place={arrangement.strips}
					agents={agents}
					reflection={reflection}
					look={view}
					now={view.now}
				/>
			)}
		</>
	);
}
