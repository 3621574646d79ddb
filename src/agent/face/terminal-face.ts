// The agent on a page of a terminal: what it says and does scrolls away, below it what goes on and the
// box to type into.

import { counted } from '../../lib/counted.ts';
import type { Pause } from '../../models/patience.ts';
import type { FooterLines } from '../../page/footer.ts';
import { harmlessLine, tellingLine } from '../../page/harmless-text.ts';
import type { Input } from '../../page/input.ts';
import type { Page } from '../../page/page.ts';
import type { StatusReport } from '../../page/status-report.ts';
import { StreamedMessage } from '../../page/streamed-message.ts';
import { type StyledLine, span } from '../../page/styled-text.ts';
import { note, toolEnd, toolLine } from '../../page/tool-blocks.ts';
import type { AgentDoor } from '../agent-door.ts';
import type { Face } from '../face.ts';
import type { Verdict } from '../permission.ts';
import type { Plan, ToolOutcome } from '../tools/tool.ts';
import { endBlock, planBlocks, wholePlan } from './call-blocks.ts';
import { askInbox } from './inbox-question.ts';

/** Of the output of a command while it runs, and of what stays of it. */
const liveLines = 8;
const keptLines = 5;
const longestLine = 2000;
/** Of what its user said: it stands in the transcript whole. */
const promptLines = 20;
const reported = 300;
/** Of the screen, where more of a plan is shown: the question and its keys, and a line of what was before. */
const rowsOfQuestion = 12;
/** Blocks that are put on the page together. */
const atOnce = 1000;

export interface TerminalParts {
	readonly page: Page;
	readonly footer: FooterLines;
	readonly input: Input;
	readonly report: StatusReport;
	readonly door: AgentDoor | null;
}

export class TerminalFace implements Face {
	readonly #parts: TerminalParts;
	readonly #message: StreamedMessage;
	#output: string[] = [];
	#outputCount = 0;
	/** The last line of what was printed, not ended yet. */
	#lineBegun = '';
	#label = '';
	#pause: Pause | null = null;

	constructor(parts: TerminalParts) {
		this.#parts = parts;
		this.#message = new StreamedMessage(parts.page);
	}

	/** What goes on, in a few words. */
	get label(): string {
		if (!this.#pause) return this.#label;
		const seconds = Math.ceil((this.#pause.until - performance.now()) / 1000);
		return `${pauseWords(this.#pause)}, again in ${Math.max(0, seconds)} s`;
	}

	onPrompt(text: string): void {
		const lines = text.trimEnd().split('\n');
		const shown = lines.slice(0, promptLines);
		const left = lines.length - shown.length;
		this.#parts.page.add(
			...shown.map((line, index) => ({
				...(index === 0 ? { lead: span('❯ ', 'accent'), gap: true } : {}),
				indent: 2,
				text: [span(harmlessLine(line.slice(0, longestLine)), 'strong')],
				fold: 'words' as const,
			})),
			...(left > 0 ? [toolEnd(counted(left, 'more line'), 'dim')] : []),
		);
	}

	onAsk(): void {
		this.#label = 'Thinking';
		this.#parts.report.observe({ state: 'working' });
	}

	onText(text: string): void {
		this.#label = 'Writing';
		this.#message.add(text);
	}

	onPause(pause: Pause): void {
		const printed = this.#message.isPrinted;
		this.#message.drop();
		this.#pause = pause;
		const seconds = Math.ceil((pause.until - performance.now()) / 1000);
		const message = `${pauseWords(pause)}, again in ${seconds} s`;
		this.#parts.report.observe({ state: 'working', message: message.slice(0, reported) });
		const gone = printed ? '; what it said does not count' : '';
		if (pause.tries === 1 && !printed) return;
		this.#parts.page.add(note(`${harmlessLine(pause.why)}${gone}`, 'warn'));
	}

	onResume(): void {
		this.#pause = null;
		this.#label = 'Thinking';
		this.#parts.report.observe({ state: 'working' });
	}

	onHeld(why: string): void {
		this.#label = 'Waiting for weir';
		this.#parts.page.add(note(harmlessLine(why), 'warn'));
	}

	onReply(): void {
		this.#message.end();
	}

	onPlan(plan: Plan): void {
		const { page, report } = this.#parts;
		this.#label = runningWords(plan);
		this.#output = [];
		this.#outputCount = 0;
		page.add(...planBlocks(plan, page.rows));
		if (!plan.asks) return;
		const message = `answer: ${oneLine(plan.subject)}`.slice(0, reported);
		report.observe({ state: 'blocked', kind: 'question', message });
	}

	onOutput(text: string): void {
		const lines = (this.#lineBegun + text).split('\n');
		this.#lineBegun = (lines.pop() ?? '').slice(-longestLine);
		for (const line of lines) this.#keep(line);
		const begun = shownLine(this.#lineBegun);
		const live = begun === '' ? this.#output : [...this.#output, begun].slice(-liveLines);
		this.#parts.footer.detail = live.map((one) => [span(`  │ ${one}`, 'dim')]);
	}

	#keep(line: string): void {
		const shown = shownLine(line);
		if (shown === '') return;
		this.#outputCount += 1;
		this.#output.push(shown);
		if (this.#output.length > liveLines) this.#output.shift();
	}

	onOutcome(plan: Plan | null, outcome: ToolOutcome): void {
		const { page, footer, report } = this.#parts;
		footer.detail = [];
		this.#keep(this.#lineBegun);
		this.#lineBegun = '';
		const kept = this.#output.slice(-keptLines);
		const left = this.#outputCount - kept.length;
		page.add(
			...(plan ? [] : [note('a call that was not understood', 'warn')]),
			...(left > 0 ? [toolLine(`… ${left} lines before`)] : []),
			...kept.map(toolLine),
			endBlock(outcome),
		);
		this.#output = [];
		this.#outputCount = 0;
		if (plan?.asks) report.observe({ state: 'working' });
	}

	onCompacting(): void {
		this.#message.drop();
		this.#label = 'Condensing what was said';
		this.#parts.report.observe({ state: 'working', message: 'condensing what was said' });
	}

	onNote(text: string, kind: 'plain' | 'warn' | 'bad'): void {
		this.#message.drop();
		this.#pause = null;
		this.#parts.footer.detail = [];
		this.#parts.page.add(note(harmlessLine(text), kind === 'plain' ? 'dim' : kind));
	}

	/** By a key, once they have seen as much as they want to. */
	async #verdict(plan: Plan, signal: AbortSignal): Promise<Verdict> {
		const { page, footer, input } = this.#parts;
		let unseen = wholePlan(plan, page);
		for (;;) {
			const next = Math.min(unseen.length, Math.max(4, page.rows - rowsOfQuestion));
			footer.detail = choices(plan, unseen.length, next);
			const keys = unseen.length > 0 ? 'vw' : '';
			const letter = await input.readDeliberateChoice('yan', signal, keys);
			if (letter !== 'v' && letter !== 'w') return verdictOf(letter);
			const seen = letter === 'w' ? unseen.length : next;
			for (let at = 0; at < seen; at += atOnce)
				page.add(...unseen.slice(at, Math.min(seen, at + atOnce)));
			unseen = unseen.slice(seen);
		}
	}

	/** By a key here or an answer in weir's inbox, whichever comes first. */
	async permit(plan: Plan, signal: AbortSignal): Promise<Verdict> {
		const { footer, report, door } = this.#parts;
		const done = new AbortController();
		const either = AbortSignal.any([signal, done.signal]);
		this.#label = 'Waiting for your word';
		const subject = `approve ${plan.verb}: ${oneLine(plan.subject)}`;
		report.observe({
			state: 'blocked',
			kind: 'permission',
			message: subject.slice(0, reported),
		});
		const here = this.#verdict(plan, either);
		const there = door ? askInbox(door, plan, either) : null;
		try {
			return await Promise.race(there ? [here, there] : [here]);
		} finally {
			done.abort();
			// The one that lost is rejected by the abort, which is no news.
			await Promise.allSettled(there ? [here, there] : [here]);
			footer.detail = [];
			this.#label = runningWords(plan);
			report.observe({ state: 'working' });
		}
	}
}

/** What stands on a line in the end, where a program wrote over it. */
function shownLine(line: string): string {
	const written = line.replace(/\r+$/, '').split('\r').at(-1) ?? '';
	return harmlessLine(written).slice(0, longestLine).trimEnd();
}

function verdictOf(letter: string | undefined): Verdict {
	return { yes: letter === 'y' || letter === 'a', always: letter === 'a', words: null };
}

function choices(
	{ risk, verb, subject }: Plan,
	unseen: number,
	next: number,
): readonly StyledLine[] {
	const always =
		risk === 'edit'
			? 'yes, and to every edit of this conversation'
			: 'yes, and always to this very command';
	const [line = ''] = subject.split('\n', 1);
	return [
		[span('  May I? ', 'warn'), span(`${verb} ${tellingLine(line)}`, 'strong')],
		[span('    y ', 'good'), span('yes, once')],
		[span('    a ', 'good'), span(always)],
		[
			span('    n ', 'bad'),
			span('no, and go on without'),
			span('   esc ends the turn', 'dim'),
		],
		...(unseen > 0 ? [viewing(unseen, next)] : []),
	];
}

function viewing(unseen: number, next: number): StyledLine {
	const all = counted(unseen, 'line');
	if (next === unseen) return [span('    v ', 'accent'), span(`see all of it, ${all}`)];
	return [
		...[
			span('    v ', 'accent'),
			span(`see all of it, ${counted(next, 'line')} at a time`),
		],
		...[span('   w ', 'accent'), span(`the whole ${all}`)],
	];
}

function runningWords({ verb }: Plan): string {
	return doing[verb] ?? 'Working';
}

const doing: Readonly<Record<string, string>> = {
	Read: 'Reading',
	Search: 'Searching',
	Edit: 'Editing',
	Write: 'Writing',
	Run: 'Running',
	Gates: 'Waiting for the gates',
	Ask: 'Waiting for an answer in the inbox',
};

function pauseWords({ status, why }: Pause): string {
	if (status === 429) return 'Rate limited (429)';
	if (status === 529) return 'The API is overloaded (529)';
	if (status !== null) return `The API failed (${status})`;
	return oneLine(harmlessLine(why)).slice(0, 60);
}

function oneLine(text: string): string {
	return text.replaceAll(/\s+/g, ' ').trim();
}
