// Gathers what running agents say and show, and tells the core when its meaning changes.
import { setTimeout as sleep } from 'node:timers/promises';
import {
	type Evidence,
	evidenceBehind,
	isBlocked,
	isShell,
	type Judgement,
	judge,
	noEvidence,
	type RuleWord,
	type Source,
	type Word,
	withoutOldScreen,
} from '../domain/agent-state.ts';
import type { QuestionShape } from '../domain/events/question-events.ts';
import type { AgentId, QuestionId } from '../domain/ids.ts';
import { type Heard, lookIn } from '../domain/looking.ts';
import { isSamePrompt, openQuestions, stateOf } from '../domain/question.ts';
import type { Finding } from '../domain/screen-rules.ts';
import { isSaidToWork } from '../domain/stalling.ts';
import type { Question } from '../domain/state.ts';
import type { StateWord } from '../domain/state-words.ts';
import type { PaneInfo, TerminalSignal } from '../protocol/holder.ts';
import { foregroundOf } from '../terminal/foreground.ts';
import { fold, heardBy, isCall, isSign, sourceOf } from './evidence-fold.ts';
import { Looks } from './looks.ts';
import type { Loop } from './loop.ts';
import { ObservationLimit } from './observation-limit.ts';
import type { Observatory } from './observatory.ts';
import { hear, silent } from './program-words.ts';
import type { StallWatch } from './stall-watch.ts';

export interface EvidenceParts {
	readonly loop: Loop;
	readonly observatory: Pick<Observatory, 'of' | 'hear'>;
	/** Reads the agent's screen; null where there is none. */
	readonly read: (agent: AgentId) => Promise<Finding | null>;
	/** What a title says about the state of an agent of that kind. */
	readonly readTitle: (agent: AgentId, title: string) => RuleWord | null;
	/** Whether a rule for its screen may say more about that state. */
	readonly refines: (agent: AgentId, state: StateWord) => boolean;
	/** Watches those that are said to work. */
	readonly stalls: Pick<StallWatch, 'works' | 'rests' | 'signs' | 'adopt'>;
	/** For how many minutes nobody is stuck. */
	readonly stuckAfter: () => number;
}

/** A program that draws its screen anew clears it first: a prompt is gone only where it stays away. */
const confirmMs = 150;
/** How long is waited for what it asks, after it said that it does. */
const shownMs = 300;
const drawnMs = 3000;
const promptPauseMs = 100;

interface Gathered {
	readonly generation: number;
	readonly evidence: Evidence;
	/** When each source last said something. */
	readonly said: Partial<Record<Source, string>>;
	readonly reading: Finding | null;
}

export class EvidenceDesk implements Disposable {
	readonly #parts: EvidenceParts;
	readonly #gathered = new Map<AgentId, Gathered>();
	readonly #limit = new ObservationLimit((agent) => this.#tell(agent));
	/** What was answered of agents a moment ago. */
	readonly #answered = new Map<AgentId, Answered>();
	readonly #looks = new Looks((agent) => this.look(agent));

	constructor(parts: EvidenceParts) {
		this.#parts = parts;
		parts.loop.onEvents.on((events) => {
			for (const { kind, data } of events) {
				if (kind === 'question.answered') this.#hasAnswer(data.question);
				if (kind === 'question.opened') this.#answered.delete(data.agent);
				if (kind === 'answer.settled' && !data.outcome.ok)
					this.#answered.delete(data.agent);
				// A program may have spoken before its start was recorded, or while it was paused.
				if (kind === 'agent.started' || kind === 'pause.settled') this.#tell(data.agent);
				if (kind === 'question.opened') this.#hearQuestion(data.agent, data.generation);
				if (kind === 'question.answered' || kind === 'question.closed') this.#tellAll();
			}
		});
	}

	/**
	 * A program that was started under another supervisor: its last signals are taken as one, and what
	 * nobody tells again is read off its report, so that its state is as old as it was.
	 */
	adopt(
		agent: AgentId,
		{
			generation,
			signals,
			silentMs,
			process,
		}: Pick<PaneInfo, 'generation' | 'signals' | 'silentMs' | 'process'>,
	): void {
		const known = this.#parts.loop.state.agents[agent];
		if (!known || known.generation !== generation) return;
		const shell = isShell(known.argv);
		const { source } = known.report;
		const seen = known.overridden ?? known.report;
		const behind = evidenceBehind(seen, { silentMs, shell }, () =>
			process ? foregroundOf(process.pid) : null,
		);
		const stalled = seen.state === 'stuck';
		const stalledMinutes = stalled ? this.#parts.stuckAfter() : null;
		const first: Evidence = { ...noEvidence, ...behind, shell, stalledMinutes };
		const evidence = signals.reduce((all, one) => this.#fold(agent, all, one), first);
		this.#gathered.set(agent, {
			generation,
			evidence,
			said: { [source]: known.report.since },
			reading: null,
		});
		if (isSaidToWork(judge(evidence)))
			this.#parts.stalls.adopt(agent, generation, { agoMs: silentMs, stalled });
		for (const signal of signals) if (!isCall(signal)) this.#hear(agent, signal);
		// What was read off its screen before is read again first: until then it would be unknown.
		if (lookIn(evidence, 'silence', this.#refines(agent)) !== null) void this.look(agent);
		else this.#tell(agent);
	}

	/** One signal of a running program; of an ended generation it is dropped by number. */
	take(agent: AgentId, generation: number, signal: TerminalSignal): void {
		const known = this.#of(agent, generation);
		if (!known) return;
		const after = this.#fold(agent, known.evidence, signal);
		this.#hear(agent, signal);
		// A bell tells nothing about what the program does.
		if (after !== known.evidence) this.#put(agent, known, after, sourceOf(signal));
		this.#plan(agent, heardBy(signal));
		if (isSign(signal)) this.#parts.stalls.signs(agent);
	}

	/** A hook of its CLI says what it does. */
	hook(agent: AgentId, generation: number, word: Word): void {
		this.#answered.delete(agent);
		const known = this.#of(agent, generation);
		if (!known) return;
		this.#parts.stalls.signs(agent);
		const evidence = { ...known.evidence, hook: word };
		// Told with its question, which would be closed by an older word until then.
		this.#put(agent, known, evidence, 'hook', !isBlocked(word.state));
	}

	/** It says so itself, by a verb of weir's. */
	declare(agent: AgentId, generation: number, word: Word): void {
		const known = this.#of(agent, generation);
		if (!known) return;
		this.#parts.stalls.signs(agent);
		this.#put(agent, known, { ...known.evidence, declared: word }, 'declared');
	}

	/** Its service gives it no reply for a while, and why; null where it may. */
	limited(agent: AgentId, generation: number, why: string | null): void {
		const known = this.#of(agent, generation);
		if (!known || known.evidence.limited === why) return;
		this.#put(agent, known, { ...known.evidence, limited: why }, 'records');
	}

	/** It works without a sign of it for so many minutes; null where there is one again. */
	stalled(agent: AgentId, generation: number, minutes: number | null): void {
		const known = this.#of(agent, generation);
		if (!known || known.evidence.stalledMinutes === minutes) return;
		this.#put(agent, known, { ...known.evidence, stalledMinutes: minutes });
	}

	/** Looks at its screen now. */
	async look(agent: AgentId): Promise<void> {
		const generation = this.#parts.loop.state.agents[agent]?.generation;
		const reading = await this.#read(agent);
		const known = generation === undefined ? null : this.#of(agent, generation);
		if (!known || !reading) return this.#tell(agent);
		const screen = reading.word;
		const evidence = sameWord(screen, known.evidence.screen)
			? known.evidence
			: { ...known.evidence, screen };
		this.#put(agent, { ...known, reading }, evidence, screen ? 'screen' : undefined);
		this.#plan(agent, 'look');
	}

	/** A prompt that stood there is missed only where it is missed twice. */
	async #read(agent: AgentId): Promise<Finding | null> {
		const before = this.#gathered.get(agent)?.evidence.screen ?? null;
		const reading = await this.#parts.read(agent);
		if (!asks(before) || asks(reading?.word ?? null)) return reading;
		await sleep(confirmMs);
		return this.#parts.read(agent);
	}

	#plan(agent: AgentId, heard: Heard | null): void {
		const evidence = this.#gathered.get(agent)?.evidence;
		if (!evidence || heard === null) return;
		const wait = lookIn(evidence, heard, this.#refines(agent));
		if (wait !== null) this.#looks.within(agent, wait);
	}

	/** Its rules may say something else now. */
	lookAtAll(): void {
		for (const agent of this.#gathered.keys()) this.#plan(agent, 'silence');
	}

	#refines(agent: AgentId) {
		return (state: StateWord) => this.#parts.refines(agent, state);
	}

	/** What is known by now, and since when; null before anything was said. */
	of(agent: AgentId): Omit<Gathered, 'generation'> | null {
		return this.#gathered.get(agent) ?? null;
	}

	/** It may be all that a program ever says. */
	#hearQuestion(agent: AgentId, generation: number): void {
		const known = this.#of(agent, generation);
		if (known) this.#gathered.set(agent, known);
		this.#tell(agent);
	}

	forget(agent: AgentId): void {
		this.#limit.forget(agent);
		this.#parts.stalls.rests(agent);
		this.#looks.cancel(agent);
		this.#gathered.delete(agent);
		this.#parts.observatory.hear(agent, undefined);
	}

	[Symbol.dispose](): void {
		this.#limit[Symbol.dispose]();
		this.#looks[Symbol.dispose]();
	}

	#of(agent: AgentId, generation: number): Gathered | null {
		const known = this.#parts.loop.state.agents[agent];
		if (!known || known.generation !== generation) return null;
		const before = this.#gathered.get(agent);
		if (before?.generation === generation) return before;
		const evidence = { ...noEvidence, shell: isShell(known.argv) };
		return { generation, evidence, said: {}, reading: null };
	}

	#put(
		agent: AgentId,
		known: Gathered,
		evidence: Evidence,
		source?: Source,
		tells = true,
	): void {
		const at = new Date().toISOString();
		const said = source ? { ...known.said, [source]: at } : known.said;
		const kept = withoutOldScreen(known.evidence, evidence);
		this.#gathered.set(agent, { ...known, evidence: kept, said });
		if (tells) this.#tell(agent);
	}

	#fold(agent: AgentId, evidence: Evidence, signal: TerminalSignal): Evidence {
		if (signal.kind !== 'title') return fold(evidence, signal);
		const title = this.#parts.readTitle(agent, signal.title);
		return sameWord(title, evidence.title) ? evidence : { ...evidence, title };
	}

	#hear(agent: AgentId, signal: TerminalSignal): void {
		const { observatory } = this.#parts;
		const before = observatory.of(agent).words ?? silent;
		const after = hear(before, signal, new Date().toISOString());
		if (after !== before) observatory.hear(agent, after);
	}

	/**
	 * What was answered stands in its pane until its program has taken the answer: seen there meanwhile,
	 * it is no question anew. Where it stands longer it is one again.
	 */
	#hasAnswer(id: QuestionId): void {
		const question = this.#parts.loop.state.questions[id];
		const word = question && this.#judge(question.agent);
		if (!word || question.via.kind === 'verb') return;
		const { agent } = question;
		// Another one waits: it is blocked by that.
		if (openQuestions(this.#parts.loop.state, agent).length > 0) return;
		const answered = { said: JSON.stringify(word), question };
		this.#answered.set(agent, answered);
		setTimeout(() => {
			if (this.#answered.get(agent) !== answered) return;
			this.#answered.delete(agent);
			this.#tell(agent);
		}, answeredMs).unref();
	}

	#tellAll(): void {
		for (const agent of this.#gathered.keys()) this.#tell(agent);
	}

	#tell(agent: AgentId): void {
		void this.#observe(agent);
	}

	/**
	 * That it is blocked is told together with what by, where that stands on its screen already; else at
	 * once, and what by once it has been read.
	 */
	async #observe(agent: AgentId): Promise<void> {
		const word = this.#judge(agent);
		this.#watch(agent, word);
		if (!word) return;
		// What was asked may be answered before this is heard: nothing is said of its screen then.
		if (!isBlocked(word.state) || this.#isAsked(agent))
			return this.#submit(agent, undefined);
		const shown = (await this.#parts.read(agent))?.prompt;
		if (this.#isAsked(agent)) return this.#submit(agent, undefined);
		await this.#submit(agent, shown ?? undefined);
		if (shown) return;
		// It may have gone on meanwhile.
		const prompt = await this.#promptOf(agent);
		if (!this.#isAsked(agent)) await this.#submit(agent, prompt);
	}

	#watch(agent: AgentId, word: Judgement | null): void {
		const generation = this.#gathered.get(agent)?.generation;
		const works = word !== null && isSaidToWork(word);
		if (works && generation !== undefined) this.#parts.stalls.works(agent, generation);
		else this.#parts.stalls.rests(agent);
	}

	/** Something waits for the answer that says itself what it asks. */
	#isAsked(agent: AgentId): boolean {
		return openQuestions(this.#parts.loop.state, agent).some(
			({ via }) => via.kind === 'verb' || via.kind === 'hook',
		);
	}

	/** It may show what it asks only a second after it said so: while it draws, that is waited for. */
	async #promptOf(agent: AgentId): Promise<QuestionShape | null> {
		for (let waited = 0; ; waited += promptPauseMs) {
			const prompt = (await this.#parts.read(agent))?.prompt ?? null;
			const state = this.#judge(agent)?.state;
			if (prompt || !state || !isBlocked(state)) return prompt;
			const draws = this.#gathered.get(agent)?.evidence.active === true;
			if (waited >= (draws ? drawnMs : shownMs)) return null;
			await sleep(promptPauseMs);
		}
	}

	async #submit(agent: AgentId, seen: QuestionShape | null | undefined): Promise<void> {
		const now = this.#judge(agent);
		const known = this.#gathered.get(agent);
		if (!now || !known) return;
		const prompt = isBlocked(now.state) ? seen : null;
		if (this.#isNews(agent, now) && !this.#limit.passes(agent)) return;
		await this.#parts.loop.submit({
			kind: 'agent.observe',
			agent,
			generation: known.generation,
			...now,
			...(prompt === undefined ? {} : { prompt }),
		});
	}

	#isNews(agent: AgentId, { state, why }: Judgement): boolean {
		const known = this.#parts.loop.state.agents[agent];
		const told = known?.overridden ?? known?.report;
		return told?.state !== state || told.why !== why;
	}

	#judge(agent: AgentId) {
		const { state } = this.#parts.loop;
		const known = state.agents[agent];
		const gathered = this.#gathered.get(agent);
		if (!known || gathered?.generation !== known.generation) return null;
		if (known.life.kind !== 'running' || known.life.paused) return null;
		const waiting = openQuestions(state, agent).find(({ via }) => via.kind === 'verb');
		if (!waiting) return this.#unlessAnswered(agent, judge(gathered.evidence));
		// Whoever asks and waits is blocked, whatever else it shows: it runs the verb that waits.
		const why = waiting.text;
		return { state: stateOf(waiting), source: 'declared', inferred: false, why } as const;
	}

	#unlessAnswered(agent: AgentId, word: Judgement): Judgement {
		const before = this.#answered.get(agent);
		if (before === undefined) return word;
		const { said, question } = before;
		if (said === JSON.stringify(word) || this.#isLeftOf(question, word))
			return { ...word, state: 'working', inferred: true, why: 'has its answer' };
		// Its title may have changed while its prompt stands, and the other way round.
		if (isBlocked(word.state) || question.via.kind !== 'screen')
			this.#answered.delete(agent);
		return word;
	}

	/** A prompt to which the answer was typed, or a title that says of no other. */
	#isLeftOf(question: Question, { state, source }: Judgement): boolean {
		if (question.via.kind !== 'screen' || state !== stateOf(question)) return false;
		if (source === 'title') return true;
		const shown = this.#gathered.get(question.agent)?.reading?.prompt;
		return source === 'screen' && shown != null && isSamePrompt(question, shown);
	}
}

interface Answered {
	/** What was judged at that moment. */
	readonly said: string;
	readonly question: Question;
}

/** So long a program may take to show that it has an answer. */
const answeredMs = 2000;

function asks(word: RuleWord | null): boolean {
	return word !== null && isBlocked(word.state);
}

function sameWord(one: RuleWord | null, other: RuleWord | null): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}
