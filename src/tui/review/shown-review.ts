// What of a review there is to be shown, and where its parts stand.
import type { Agent } from '../../domain/agent.ts';
import type { Area } from '../../domain/area.ts';
import type { State } from '../../domain/state.ts';
import type { ReviewJson } from '../../protocol/review.ts';
import type { View } from '../view.ts';
import { type ReviewPlace, reviewPlace } from './review-place.ts';
import { type ListedFiles, listedFiles, reviewedAgent, reviewOf } from './reviewed.ts';

export interface ShownReview {
	readonly agent: Agent;
	readonly review: ReviewJson;
	readonly listed: ListedFiles;
	readonly place: ReviewPlace;
}

/** Null where no file is listed. */
export function shownReview(state: State, view: View, body: Area): ShownReview | null {
	const agent = reviewedAgent(state, view);
	const review = reviewOf(state, view);
	if (!agent || !review || review.files.length === 0) return null;
	const listed = listedFiles(state, view);
	return {
		agent,
		review,
		listed,
		place: reviewPlace(body, review.files.length, view.review.alone),
	};
}

/** What is said in its place. */
export function withoutReview(state: State, view: View): string {
	const agent = reviewedAgent(state, view);
	if (!agent) return 'No agent has files yet: {agent.new} in the panes starts one.';
	const { told } = view.review;
	if (told?.agent !== agent.id) return `Reading what ${agent.name} has changed.`;
	if (!told.review.ok) return told.review.refusal.message;
	return `${agent.name} has changed nothing since it left ${agent.base.branch}.`;
}
