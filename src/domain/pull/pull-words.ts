// What a pull request says of the work: the task, the commits, and what gates said of these very files.
import { counted } from '../../lib/counted.ts';
import { plainText } from '../../lib/plain-text.ts';
import type { GateStanding } from '../gates/standing.ts';
import { noGate } from '../gates/standing.ts';
import type { VerdictWord } from '../gates/verdict.ts';

/** A site takes no more for a title. */
const titleLimit = 200;
const taskLimit = 4000;

/** One line, whatever it is made of. */
export function pullTitle(text: string): string {
	return plainText(text, titleLimit);
}

export interface PullWords {
	readonly agent: string;
	/** What it was asked for. */
	readonly task: string | null;
	/** A line each, the oldest first. */
	readonly commits: readonly string[];
	/** The tree of what is pushed. */
	readonly tree: string;
	/** All gates that are set up, with what they said last. */
	readonly gates: readonly (readonly [
		name: string,
		standing: GateStanding | undefined,
	])[];
}

/** Commits are agents' words: they stand where a site makes no links, names or pictures of them. */
export function pullBody({ agent, task, commits, tree, gates }: PullWords): string {
	const parts = [
		task === null || task.trim() === '' ? [] : quoted(task.trim()),
		commits.length === 0 ? [] : ['Commits:', '', ...fenced(commits)],
		gates.length === 0
			? []
			: [
					`Gates, of the tree ${tree.slice(0, 10)}:`,
					'',
					...gates.map(
						([name, standing]) =>
							`- ${plainText(name, 80)}: ${gateWords(standing, tree)}`,
					),
				],
		[`Made by the agent ${agent} under weir.`],
	];
	return parts
		.filter((lines) => lines.length > 0)
		.map((lines) => lines.join('\n'))
		.join('\n\n');
}

/** What a gate said of exactly this tree; of another one it says nothing that holds here. */
export function gateWords(standing: GateStanding | undefined, tree: string): string {
	const { verdict, compared } = standing ?? noGate;
	if (!verdict) return 'unknown, it has not run';
	if (verdict.tree !== tree)
		return `unknown, it ran on other files last (${colours[verdict.word]} there)`;
	const flaky = verdict.flaky ? ', flaky: red and green on the same files' : '';
	if (verdict.word !== 'failed') return `${colours[verdict.word]}${flaky}`;
	const counts =
		compared?.fresh == null
			? ''
			: `, ${counted(compared.fresh, 'new failure')}, ${compared.known ?? 0} known`;
	return `${colours.failed}${counts}${flaky}`;
}

const colours: Readonly<Record<VerdictWord, string>> = {
	passed: 'green',
	failed: 'red',
	broken: 'broken, it says nothing',
};

function quoted(text: string): readonly string[] {
	const cut =
		text.length > taskLimit ? `${text.slice(0, taskLimit).toWellFormed()}…` : text;
	return cut
		.split(/\r\n|[\r\n]/)
		.map((line) => `> ${plainText(line, taskLimit)}`.trimEnd());
}

/** Behind a fence that none of its lines can end. */
function fenced(lines: readonly string[]): readonly string[] {
	const plain = lines.map((line) => plainText(line, 300));
	const runs = plain
		.flatMap((line) => line.match(/`+/g) ?? [])
		.map(({ length }) => length);
	const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)));
	return [`${fence}text`, ...plain, fence];
}
