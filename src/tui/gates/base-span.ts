// How the branch where work lands stands by its gates, in a word or two.
import { standingOfBase } from '../../domain/alarm/base-gates.ts';
import { plainText } from '../../lib/plain-text.ts';
import type { Reflection } from '../mirror.ts';
import { type Span, span } from '../paint/spans.ts';

const longestBranch = 24;

/** `main green`; null while gates have said nothing of its newest files. */
export function baseSpan({
	state,
	repository,
}: Pick<Reflection, 'state' | 'repository'>): Span | null {
	const branch = repository?.base ?? null;
	if (branch === null) return null;
	const { judged, gates, fault } = standingOfBase(state, branch);
	const words = Object.values(gates).map(({ verdict }) => verdict?.word ?? 'broken');
	if (judged?.commit !== state.bases[branch] || words.length === 0) return null;
	const name = plainText(branch, longestBranch);
	if (words.includes('failed')) return span(` ${name} red `, 'bad');
	const unknown = fault !== null || words.includes('broken');
	return span(` ${name} ${unknown ? 'unknown' : 'green'} `, unknown ? 'warn' : 'good');
}
