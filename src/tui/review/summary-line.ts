// The line above a review: `3 api vs main@9f2c1e 7 files +182-40 viewed 3/7 scope ok conflicts 0`.
import type { Agent } from '../../domain/agent.ts';
import { counted } from '../../lib/counted.ts';
import type { Observation } from '../../protocol/observation.ts';
import type { ReviewJson } from '../../protocol/review.ts';
import { bold, type Line, type Span, span } from '../paint/spans.ts';

export interface SummaryFacts extends Pick<Observation, 'conflicts'> {
	/** Files that were read as they stand. */
	readonly viewed: number;
	/** Comments. */
	readonly unsent: number;
	/** Comments that were begun and not kept. */
	readonly drafts: number;
}

export function summaryLine(
	agent: Agent,
	number: number,
	review: ReviewJson | null,
	{ viewed, unsent, drafts, conflicts }: SummaryFacts,
): Line {
	const lead: Line = [
		span(' '),
		bold('review', 'accent'),
		bold(`  ${number} ${agent.name}`),
	];
	if (!review) return lead;
	const { base, counts } = review;
	return [
		...lead,
		span(`  vs ${base.branch}@${base.commit.slice(0, 7)}`, 'dim'),
		span(`  ${counted(counts.files, 'file')} `),
		span(`+${counts.added}`, 'added'),
		span(`-${counts.removed}`, 'removed'),
		span(`  viewed ${viewed}/${counts.files}`, viewed === counts.files ? 'good' : 'dim'),
		...(unsent > 0 ? [bold(`  ${counted(unsent, 'comment')} unsent`, 'need')] : []),
		...(drafts > 0 ? [span(`  ${counted(drafts, 'draft')}`, 'warn')] : []),
		scopeSpan(counts.outside),
		...conflictSpan(conflicts),
	];
}

function scopeSpan(outside: number): Span {
	return outside === 0 ? span('  scope ok', 'dim') : bold(`  ${outside} outside`, 'warn');
}

function conflictSpan(conflicts: readonly string[] | null): Line {
	if (conflicts === null) return [];
	const { length } = conflicts;
	return [
		length === 0
			? span('  conflicts 0', 'dim')
			: bold(`  ${counted(length, 'conflict')}`, 'bad'),
	];
}
