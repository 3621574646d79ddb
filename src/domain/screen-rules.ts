// What a screen and a title tell about an agent, by rules that are data: weir's own files and the
// user's. Read from the first rule down; the first that fits says the word.
import * as z from 'zod/mini';
import { plainText } from '../lib/plain-text.ts';
import type { RuleWord } from './agent-state.ts';
import type { QuestionShape } from './events/question-events.ts';
import { agentStateWord } from './fact.ts';
import { choicesRule, type Offered, offeredIn } from './offered-choices.ts';
import { pattern, linePattern as regular } from './screen-pattern.ts';

const patterns = z.union([pattern, z.array(pattern).check(z.minLength(1))]);
const ruleName = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,63}$/));

const answer = z.strictObject({
	key: z.string().check(z.minLength(1), z.maxLength(8)),
	label: z.string().check(z.minLength(1), z.maxLength(80)),
	/** What is typed for it. */
	keys: z.string().check(z.minLength(1), z.maxLength(64)),
});

const screenRule = z.strictObject({
	id: ruleName,
	state: agentStateWord,
	/** All of them must fit somewhere in the lines that are read. */
	match: patterns,
	/** None of them may. */
	not: z.optional(patterns),
	/** How many of the last lines that are not blank are read. */
	last: z.optional(z.int().check(z.minimum(1), z.maximum(60))),
	/** States told by better sources about which it knows more. */
	refines: z.optional(z.array(agentStateWord)),
	/** What of the lines is the question: the first group, else all that fits. */
	question: z.optional(pattern),
	/** What of them it is about. */
	detail: z.optional(pattern),
	answers: z.optional(z.array(answer).check(z.maxLength(9))),
	/** How to read what it offers, of what it is about, where that is not always the same. */
	choices: z.optional(choicesRule),
});

const titleRule = z.strictObject({
	id: ruleName,
	state: agentStateWord,
	match: pattern,
});

/** One file of rules. */
export const rulesFile = z.strictObject({
	screen: z.optional(z.array(screenRule)),
	title: z.optional(z.array(titleRule)),
});
export type Rules = z.infer<typeof rulesFile>;
type ScreenRule = z.infer<typeof screenRule>;

export const noRules: Rules = {};

export interface Screen {
	readonly lines: readonly string[];
	readonly hash: string;
	/** Lines above it, where that is known. */
	readonly above?: number | undefined;
}

export interface Finding {
	readonly word: RuleWord | null;
	/** What it asks, where the rule says how to read that. */
	readonly prompt: QuestionShape | null;
	/** The lines that were read. */
	readonly lines: readonly string[];
}

const usualLines = 15;
const longestText = 1024;

/** What the rules read off a screen. */
export function readScreen(rules: Rules, screen: Screen): Finding {
	const { lines } = screen;
	const written = lines.map(withoutBar).filter((line) => line !== '');
	for (const rule of rules.screen ?? []) {
		const read = written.slice(-(rule.last ?? usualLines));
		const text = read.join('\n');
		if (!fits(rule, text)) continue;
		const prompt = promptOf(rule, text, screen);
		const why = prompt?.text ?? plainText(found(rule, text), longestText);
		const { id, state, refines = [] } = rule;
		return { word: { state, why, rule: id, refines }, prompt, lines: read };
	}
	return { word: null, prompt: null, lines: written.slice(-usualLines) };
}

/** A bar at the right edge comes and goes, and where it stands no line is blank. */
function withoutBar(line: string): string {
	return line.trimEnd().replace(/(?:^|\s+)[█▐┃]$/u, '');
}

/** What the rules read off a title; null where it says nothing. */
export function readTitle(rules: Rules, title: string): RuleWord | null {
	const rule = rules.title?.find(({ match }) => new RegExp(match, 'u').test(title));
	if (!rule) return null;
	return { state: rule.state, why: null, rule: rule.id, refines: [] };
}

function fits({ match, not = [] }: ScreenRule, text: string): boolean {
	return (
		[match].flat().every((one) => regular(one).test(text)) &&
		![not].flat().some((one) => regular(one).test(text))
	);
}

/** The line on which it fits. */
function found({ match }: ScreenRule, text: string): string {
	const [first = ''] = [match].flat();
	const at = regular(first).exec(text)?.index ?? 0;
	return text.slice(text.lastIndexOf('\n', at) + 1).split('\n', 1)[0] ?? '';
}

function promptOf(rule: ScreenRule, text: string, screen: Screen): QuestionShape | null {
	if (rule.state !== 'asks' && rule.state !== 'needs-approval') return null;
	const question = unframed(part(rule.question, text) ?? found(rule, text));
	const detail = part(rule.detail, text);
	// Two prompts ask in the same words: without what they are about, one is not told from the other.
	const isRead = detail !== null || rule.detail === undefined;
	const about = detail === null ? null : unframed(detail).join('\n');
	const offered = isRead ? offeredBy(rule, about) : null;
	const shownOf = offered?.unmarked ?? about;
	const { hash } = screen;
	const lines = linesOf(question[0] ?? '', screen);
	return {
		wants: rule.state === 'asks' ? 'answer' : 'approval',
		text: plainText(question.map((line) => line.trim()).join(' '), longestText),
		detail: shownOf?.split('\n').map(shown).join('\n') ?? null,
		choices: offered?.choices ?? [],
		via: offered
			? { kind: 'screen', hash, ...offered.typed, ...lines }
			: { kind: 'pane' },
	};
}

/** The lines within the frame that a dialog may have. */
function unframed(text: string): readonly string[] {
	return text.split('\n').map((line) => line.replace(/^│ ?|\s*│?\s*$/gu, ''));
}

function offeredBy(
	{ answers = [], choices }: ScreenRule,
	about: string | null,
): Offered | null {
	if (choices !== undefined) return about === null ? null : offeredIn(choices, about);
	if (answers.length === 0) return null;
	return {
		choices: answers.map(({ key, label }) => ({ key, label, free: false })),
		typed: { keys: Object.fromEntries(answers.map((one) => [one.key, one.keys])) },
		unmarked: about,
	};
}

/** Of those that hold the words no more than this are told. */
const mostLines = 8;

function linesOf(line: string, { lines, above }: Screen): { at?: number[] } {
	const first = shown(line).trim();
	if (above === undefined || first === '') return {};
	const at = lines.flatMap((line, row) =>
		shown(line).includes(first) ? [above + row] : [],
	);
	return { at: at.slice(-mostLines) };
}

function shown(line: string): string {
	return plainText(line, longestText);
}

function part(wanted: string | undefined, text: string): string | null {
	if (wanted === undefined) return null;
	const fit = regular(wanted).exec(text);
	return fit ? (fit[1] ?? fit[0]) : null;
}
