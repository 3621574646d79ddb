// Why a state is shown: what is known of it and from whom, and that as lines for people. A verb prints them,
// a card shows them.
import type { Judgement } from '../domain/agent-state.ts';
import { type UsedJson, usedLines } from './cost.ts';
import type { ScopeJson } from './scope.ts';
import { scopeLines } from './scope-lines.ts';
import type { AgentJson } from './status.ts';

/** What is known of an agent's state, and from whom. */
export interface Explanation {
	readonly agent: AgentJson;
	/** What each source says now, the most trusted first: the first one counts. */
	readonly words: readonly (Judgement & {
		/** When it said so; null where that was before this supervisor. */
		readonly at: string | null;
		/** The rule that read it off the screen or the title. */
		readonly rule: string | null;
	})[];
	/** The human's word stands before them. */
	readonly overridden: boolean;
	/** The last lines of its screen, where a rule read them. */
	readonly screen: readonly string[];
	/** What it used, and where that is read; absent from an older supervisor. */
	readonly used?: UsedJson;
	/** What holds it to its files; absent from an older supervisor. */
	readonly scope?: ScopeJson;
}

/** `age` says how long ago a moment was, in few letters. */
export function explanationLines(
	{ agent, words, overridden, screen, scope, used }: Explanation,
	age: (since: string) => string,
): readonly string[] {
	const { name, state, inferred, since, why, source } = agent;
	const reason = why === null ? '' : `: ${why}`;
	const lines = [
		`${name} is ${inferred ? '~' : ''}${state} since ${age(since)}${reason}`,
	];
	if (overridden)
		lines.push(`set by you; weir explain ${name} --set auto goes by what is seen`);
	const cost = used ? ['', ...usedLines(agent.cost, used, age)] : [];
	const held = [...cost, ...(scope ? ['', ...scopeLines(scope, age)] : [])];
	if (words.length === 0) {
		const silent =
			agent.pid === null
				? 'no program runs, so nobody says anything'
				: 'its program runs and has said nothing so far';
		return [...lines, silent, ...held];
	}
	const counts = words.find((word) => word.source === source);
	const rows = words.map((word) => [
		word === counts ? '>' : ' ',
		word.source,
		`${word.inferred ? '~' : ''}${word.state}`,
		word.at === null ? '-' : age(word.at),
		word.rule === null ? '' : `rule ${word.rule}`,
		word.why ?? '',
	]);
	lines.push('', ...aligned(rows));
	const read = screen.map((line) => `  ${line}`);
	if (read.length > 0) lines.push('', 'read on its screen:', ...read);
	return [...lines, ...held];
}

/** Columns as wide as their widest cell; the last one is not padded. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
	const widths: number[] = [];
	for (const row of rows)
		for (const [column, cell] of row.entries())
			widths[column] = Math.max(widths[column] ?? 0, cell.length);
	return rows.map((row) =>
		row
			.map((cell, column) =>
				cell.padEnd(column < row.length - 1 ? (widths[column] ?? 0) : 0),
			)
			.join('  ')
			.trimEnd(),
	);
}
