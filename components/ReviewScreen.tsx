import { useContext } from 'react';
import type { Area } from '../src/domain/area.ts';
import type { Comment } from '../src/domain/review/comment.ts';
import { standingOfComment, unsentComments } from '../src/domain/review/reviewing.ts';
import type { ReviewFile } from '../src/protocol/review.ts';
import { withKeys } from '../src/tui/keys/named-keys.ts';
import { observationOf, type Reflection } from '../src/tui/mirror.ts';
import { countDrafts } from '../src/tui/review/comment-draft.ts';
import { emptyLines, fileLines, fileTitle } from '../src/tui/review/hunk-lines.ts';
import { listLines, listTitle } from '../src/tui/review/list-lines.ts';
import {
	fileAimedAt,
	hunksAimedAt,
	isViewed,
	rowsAimedAt,
} from '../src/tui/review/reviewed.ts';
import { shownReview, withoutReview } from '../src/tui/review/shown-review.ts';
import { summaryLine } from '../src/tui/review/summary-line.ts';
import { shownAgents, type View } from '../src/tui/view.ts';
import { Heading } from './Heading.tsx';
import { LineStack } from './LineStack.tsx';
import { LookContext } from './look.ts';

export interface ReviewScreenProps {
	readonly body: Area;
	readonly reflection: Reflection;
	readonly view: View;
}

/** What an agent has changed, file by file, and the file under the cursor. */
export function ReviewScreen({ body, reflection, view }: ReviewScreenProps) {
	const { glyphs } = useContext(LookContext);
	const { state } = reflection;
	const shown = shownReview(state, view, body);
	if (!shown) {
		const text = withKeys(withoutReview(state, view), view.keymap, 'nav');
		return <LineStack area={body} lines={[[], ...emptyLines(text, body.width)]} />;
	}
	const { agent, review, listed, place } = shown;
	const { summary, list, detail, framed } = place;
	const number = shownAgents(state).indexOf(agent) + 1;
	const seen = observationOf(reflection, agent.id);
	const file = fileAimedAt(state, view);
	const hunks = hunksAimedAt(state, view);
	const { rows, at } = rowsAimedAt(state, view);
	const unsent = unsentComments(state, agent);
	const viewed = review.files.filter((one) => isViewed(agent, one)).length;
	const { wrap, filter } = view.review;
	const standing = (comment: Comment) => standingOfComment(state, agent, comment);
	const { sides, hunks: coloured } = view.review.colours ?? {};
	const colours = sides === view.review.file?.sides ? (coloured ?? null) : null;
	const known = view.review.places;
	const places = known?.sides === view.review.file?.sides ? (known?.words ?? []) : [];
	const facts = { rows, at, wrap, glyphs, colours, places, standing };
	const marks = {
		isViewed: (one: ReviewFile) => isViewed(agent, one),
		unsent: ({ path }: ReviewFile) => unsent.filter((one) => one.path === path).length,
	};
	const drafts = countDrafts(state, view, agent.id);
	const summed = { viewed, unsent: unsent.length, drafts, conflicts: seen.conflicts };
	const { width, height } = detail.inner;
	return (
		<>
			<LineStack area={summary} lines={[summaryLine(agent, number, review, summed)]} />
			{list && (
				<>
					<Heading area={list.outer} framed={framed} line={listTitle(listed, filter)} />
					<LineStack
						area={list.inner}
						lines={listLines(listed, { ...list.inner, ...marks, glyphs })}
					/>
				</>
			)}
			{file && (
				<Heading
					area={detail.outer}
					framed={framed}
					line={fileTitle(file, hunks?.ok ? hunks.value : null, { ...facts, width })}
				/>
			)}
			{file && hunks && (
				<LineStack
					area={detail.inner}
					lines={
						hunks.ok
							? fileLines(file, hunks.value, { ...facts, width, height })
							: emptyLines(hunks.refusal.message, width)
					}
				/>
			)}
		</>
	);
}
