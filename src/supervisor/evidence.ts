// Gathers what running agents say and show, and tells the core when its meaning changes.
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
} from '../domain/agent-state.ts';
import type { QuestionShape } from '../domain/event.ts';
import type { AgentId, QuestionId } from '../domain/ids.ts';
import { openQuestions, stateOf } from '../domain/question.ts';
import type { PaneInfo, TerminalSignal } from '../protocol/holder.ts';
import { foregroundOf } from '../terminal/foreground.ts';
import { fold } from './evidence-fold.ts';
import type { Loop } from './loop.ts';
import type { Observatory } from './observatory.ts';
import { hear, silent } from './program-words.ts';

/** What the rules of its kind read off an agent's screen. */
export interface ScreenReading {
	readonly word: RuleWord | null;
	/** What it asks there. */
	readonly prompt: QuestionShape | null;
	/** The lines that were read. */
	readonly lines: readonly string[];
}

export interface EvidenceParts {
	readonly loop: Loop;
	readonly observatory: Pick<Observatory, 'of' | 'hear'>;
	/** Reads the agent's screen; null where there is none. */
	readonly read: (agent: AgentId) => Promise<ScreenReading | null>;
	/** What a title says about the state of an agent of that kind. */
	readonly readTitle: (agent: AgentId, title: string) => RuleWord | null;
}

interface Gathered {
	readonly generation: number;
	readonly evidence: Evidence;
	/** When each source last said something. */
	readonly said: Partial<Record<Source, string>>;
	readonly reading: ScreenReading | null;
}

export class EvidenceDesk {
	readonly #parts: EvidenceParts;
	readonly #gathered = new Map<AgentId, Gathered>();
	/** What was judged of agents whose question was answered a moment ago. */
	readonly #answered = new Map<AgentId, string>();

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
		const first: Evidence = { ...noEvidence, ...behind, shell };
		const evidence = signals.reduce((all, one) => this.#fold(agent, all, one), first);
		this.#gathered.set(agent, {
			generation,
			evidence,
			said: { [source]: known.report.since },
			reading: null,
		});
		for (const signal of signals) if (!isCall(signal)) this.#hear(agent, signal);
		this.#tell(agent);
	}

	/** One signal of a running program; of an ended generation it is dropped by number. */
	take(agent: AgentId, generation: number, signal: TerminalSignal): void {
		const known = this.#of(agent, generation);
		if (!known) return;
		const after = this.#fold(agent, known.evidence, signal);
		this.#hear(agent, signal);
		// A bell tells nothing about what the program does.
		if (after !== known.evidence) this.#put(agent, known, after, sourceOf(signal));
	}

	/** A hook of its CLI says what it does. */
	hook(agent: AgentId, generation: number, word: Word): void {
		this.#answered.delete(agent);
		const known = this.#of(agent, generation);
		if (!known) return;
		const evidence = { ...known.evidence, hook: word };
		// Told with its question, which would be closed by an older word until then.
		this.#put(agent, known, evidence, 'hook', !isBlocked(word.state));
	}

	/** It says so itself, by a verb of weir's. */
	declare(agent: AgentId, generation: number, word: Word): void {
		const known = this.#of(agent, generation);
		if (known) this.#put(agent, known, { ...known.evidence, declared: word }, 'declared');
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
		const reading = await this.#parts.read(agent);
		const known = generation === undefined ? null : this.#of(agent, generation);
		if (!known || !reading) return;
		const screen = reading.word;
		const evidence = sameWord(screen, known.evidence.screen)
			? known.evidence
			: { ...known.evidence, screen };
		this.#put(agent, { ...known, reading }, evidence, 'screen');
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
		this.#gathered.delete(agent);
		this.#parts.observatory.hear(agent, undefined);
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
		this.#gathered.set(agent, { ...known, evidence, said });
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
		const said = JSON.stringify(word);
		this.#answered.set(agent, said);
		setTimeout(() => {
			if (this.#answered.get(agent) !== said) return;
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

	/** What it is blocked by stands on its screen, as far as its rules can read it. */
	async #observe(agent: AgentId): Promise<void> {
		const { loop } = this.#parts;
		const word = this.#judge(agent);
		if (!word) return;
		const asked = openQuestions(loop.state, agent).some(
			({ via }) => via.kind === 'verb' || via.kind === 'hook',
		);
		const reading =
			isBlocked(word.state) && !asked ? await this.#parts.read(agent) : null;
		// It may have gone on meanwhile.
		const now = this.#judge(agent);
		const known = this.#gathered.get(agent);
		if (!now || !known) return;
		const prompt = isBlocked(now.state) ? (reading?.prompt ?? null) : null;
		await loop.submit({
			kind: 'agent.observe',
			agent,
			generation: known.generation,
			...now,
			prompt,
		});
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
		if (before === JSON.stringify(word))
			return { ...word, state: 'working', inferred: true, why: 'has its answer' };
		this.#answered.delete(agent);
		return word;
	}
}

/** So long a program may take to show that it has an answer. */
const answeredMs = 2000;

/** Who called before this supervisor came was heard then. */
function isCall({ kind }: TerminalSignal): boolean {
	return kind === 'bell' || kind === 'notification';
}

function sourceOf({ kind }: TerminalSignal): Source | undefined {
	switch (kind) {
		case 'status':
			return 'osc7501';
		case 'prompt':
			return 'osc133';
		case 'progress':
		case 'title':
			return kind;
		case 'activity':
			return 'output';
		default:
			return undefined;
	}
}

function sameWord(one: RuleWord | null, other: RuleWord | null): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}
