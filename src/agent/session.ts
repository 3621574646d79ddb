// A conversation at work. Each step is in the transcript before the next one begins, so that whoever
// kills the program loses nothing that is over, and nothing is done twice.
import { messageOf } from '../lib/error-words.ts';
import { withoutKnown } from '../lib/secrets.ts';
import { ModelFailure } from '../models/failure.ts';
import type { Message, Model, Reply, Spent, ToolCall } from '../models/model.ts';
import { askPatiently } from '../models/patience.ts';
import type { AgentDoor } from './agent-door.ts';
import { type Budget, BudgetSpent } from './budget.ts';
import { isNearlyFull, shortened, summaryOrder } from './compaction.ts';
import type { Conversation } from './conversation.ts';
import type { Entry } from './entry.ts';
import type { Face } from './face.ts';
import { keptEntry } from './kept-entry.ts';
import type { Permissions } from './permission.ts';
import type { Toolbox } from './toolbox.ts';
import { bounded } from './tools/bounded-text.ts';
import type { Plan, ToolOutcome } from './tools/tool.ts';
import type { Transcript } from './transcript.ts';

export interface SessionParts {
	readonly model: Model;
	readonly transcript: Transcript;
	readonly conversation: Conversation;
	readonly toolbox: Toolbox;
	readonly permissions: Permissions;
	readonly budget: Budget;
	readonly face: Face;
	readonly door: AgentDoor | null;
	readonly system: string;
	/** Values that nobody is to see. */
	readonly secrets: readonly string[];
	/** The first pause after a failure. */
	readonly firstPauseMs?: number;
}

/** How a turn ended. */
export type TurnEnd =
	| { readonly kind: 'done' | 'cancelled' | 'refused' | 'cut' }
	| { readonly kind: 'failed'; readonly why: string; readonly status: number | null }
	| { readonly kind: 'spent'; readonly why: string };

export class Session {
	readonly #parts: SessionParts;

	constructor(parts: SessionParts) {
		this.#parts = parts;
	}

	/**
	 * Settles what a killed program left open: a call that had begun is told as such and never run
	 * again. Answers whether the model has not had the last word.
	 */
	recover(): boolean {
		const { conversation } = this.#parts;
		for (const { call, begun } of conversation.open)
			this.#record({
				kind: 'result',
				call: call.id,
				text: lostWords(begun),
				failed: true,
			});
		return !conversation.rests;
	}

	/** Says something to the model and works until it has nothing more to do. */
	async take(prompt: string, signal: AbortSignal): Promise<TurnEnd> {
		this.#parts.face.onPrompt(prompt);
		this.#record({ kind: 'prompt', text: prompt });
		return this.goOn(signal);
	}

	/** Works on where the last turn was cut off. */
	goOn(signal: AbortSignal): Promise<TurnEnd> {
		return this.#ending(signal, () => this.#work(signal));
	}

	/** Makes room because the user wants it. */
	makeRoom(signal: AbortSignal): Promise<TurnEnd> {
		return this.#ending(signal, async () => {
			if (this.#parts.conversation.messages.length > 0) await this.#compact(signal);
			return { kind: 'done' };
		});
	}

	async #ending(signal: AbortSignal, work: () => Promise<TurnEnd>): Promise<TurnEnd> {
		try {
			return await work();
		} catch (error) {
			if (signal.aborted) {
				this.#cancel();
				return { kind: 'cancelled' };
			}
			if (error instanceof BudgetSpent) return { kind: 'spent', why: error.message };
			if (error instanceof ModelFailure)
				return {
					kind: 'failed',
					why: this.#redacted(error.message),
					status: error.status,
				};
			throw error;
		}
	}

	/** Replaces what was said by what matters of it. */
	async #compact(signal: AbortSignal, messages?: readonly Message[]): Promise<void> {
		const { face, conversation } = this.#parts;
		face.onCompacting();
		const said = messages ?? conversation.messages;
		const reply = await this.#ask(
			[...said, { by: 'user', text: summaryOrder }],
			false,
			signal,
		);
		const summary = reply.parts.flatMap((part) =>
			part.kind === 'text' ? [part.text] : [],
		);
		if (summary.length === 0)
			throw new ModelFailure('refused', 'the model gave no summary of what was said');
		this.#record({ kind: 'compacted', summary: summary.join('\n') });
		face.onNote('what was said before is condensed', 'plain');
	}

	async #work(signal: AbortSignal): Promise<TurnEnd> {
		const { conversation, model, face } = this.#parts;
		for (;;) {
			if (isNearlyFull(conversation.filled, model.window)) {
				await this.#compact(signal);
				continue;
			}
			const reply = await this.#askOrMakeRoom(signal);
			if (reply === null) continue;
			this.#record({ kind: 'reply', id: reply.id, parts: reply.parts });
			face.onReply();
			this.#warn();
			const calls = conversation.open;
			if (calls.length === 0) return endOf(reply);
			for (const { call } of calls) await this.#use(call, signal);
		}
	}

	/** Null where the window was exceeded and there is room now. */
	async #askOrMakeRoom(signal: AbortSignal): Promise<Reply | null> {
		const { conversation, face } = this.#parts;
		try {
			face.onAsk();
			return await this.#ask(conversation.messages, true, signal);
		} catch (error) {
			if (!(error instanceof ModelFailure) || error.kind !== 'overflow') throw error;
			if (conversation.messages.length < 3) throw error;
		}
		let left = 0.5;
		for (;;) {
			try {
				await this.#compact(signal, shortened(conversation.messages, left));
				return null;
			} catch (error) {
				const over = error instanceof ModelFailure && error.kind === 'overflow';
				if (!over || left < 0.1) throw error;
				left /= 2;
			}
		}
	}

	async #ask(
		messages: readonly Message[],
		mayCall: boolean,
		signal: AbortSignal,
	): Promise<Reply> {
		const { model, toolbox, system, transcript, face, firstPauseMs } = this.#parts;
		let spent: Spent | null = null;
		const settle = () => {
			if (spent !== null) this.#record(usageOf(spent));
			spent = null;
		};
		const request = {
			...{ system, tools: toolbox.sheets, messages, mayCall, signal },
			conversation: transcript.id,
			onText: (text: string) => face.onText(text),
			onSpent: (now: Spent) => {
				spent = now;
			},
		};
		try {
			const reply = await askPatiently(model, request, {
				onTry: () => this.#mayAsk(signal),
				onPause: (pause) => {
					settle();
					face.onPause({ ...pause, why: this.#redacted(pause.why) });
				},
				onResume: () => face.onResume(),
				...(firstPauseMs === undefined ? {} : { firstMs: firstPauseMs }),
			});
			spent = reply;
			return reply;
		} finally {
			settle();
		}
	}

	/** Before each request, whatever it is for. */
	async #mayAsk(signal: AbortSignal): Promise<void> {
		const { door, face } = this.#parts;
		const spent = this.#parts.budget.exhausted();
		if (spent !== null) throw new BudgetSpent(spent);
		this.#warn();
		let held = false;
		await door?.leaveToAsk(signal, (why) => {
			held = true;
			face.onHeld(why);
		});
		if (held) face.onResume();
	}

	#warn(): void {
		const warning = this.#parts.budget.takeWarning();
		if (warning !== null) this.#parts.face.onNote(warning, 'warn');
	}

	async #use(call: ToolCall, signal: AbortSignal): Promise<void> {
		const { face } = this.#parts;
		signal.throwIfAborted();
		const { plan, outcome } = await this.#outcomeOf(call, signal);
		const text = bounded(this.#redacted(outcome.text));
		this.#record({ kind: 'result', call: call.id, text, failed: outcome.failed });
		face.onOutcome(plan, { ...outcome, remark: this.#redacted(outcome.remark) });
		signal.throwIfAborted();
	}

	async #outcomeOf(
		call: ToolCall,
		signal: AbortSignal,
	): Promise<{ readonly plan: Plan | null; readonly outcome: ToolOutcome }> {
		const { toolbox, face } = this.#parts;
		const planned = await toolbox.plan(call);
		if (!planned.ok) {
			const { message, allow } = planned.refusal;
			return { plan: null, outcome: no(allow ? `${message}; ${allow}` : message) };
		}
		const plan = planned.value;
		face.onPlan(plan);
		const against = await this.#against(call, plan, signal);
		if (against !== null) return { plan, outcome: no(against) };
		this.#record({ kind: 'intent', call: call.id, tool: call.tool });
		try {
			const onOutput = (text: string) => face.onOutput(this.#redacted(text));
			return { plan, outcome: await plan.run(signal, onOutput) };
		} catch (error) {
			signal.throwIfAborted();
			return { plan, outcome: no(messageOf(error)) };
		}
	}

	/** What is against a plan, in words for the model: weir's scope, the mode, or the human. */
	async #against(
		call: ToolCall,
		plan: Plan,
		signal: AbortSignal,
	): Promise<string | null> {
		const { door, permissions, face } = this.#parts;
		if (door && plan.writes !== null) {
			const may = await door.mayWrite(call.tool, plan.writes);
			if (!may.ok)
				return `weir could not say whether this is within your scope: ${may.refusal.message}`;
			if (may.value !== null) return may.value;
		}
		switch (permissions.leaveFor(plan)) {
			case 'yes':
				return null;
			case 'no':
				return `in the permission mode ${permissions.mode} you may not do this`;
			case 'ask': {
				const verdict = await face.permit(plan, signal);
				if (verdict.yes && verdict.always) permissions.grantAlways(plan);
				return verdict.yes ? null : `the user said no${words(verdict.words)}`;
			}
		}
	}

	/** After a break-off: every call has a result, else nothing more could be said. */
	#cancel(): void {
		const { conversation } = this.#parts;
		for (const { call, begun } of conversation.open) {
			const text = begun
				? 'broken off by the user while it ran'
				: 'not done: the user broke the turn off';
			this.#record({ kind: 'result', call: call.id, text, failed: true });
		}
		this.#record({ kind: 'cancelled' });
	}

	#record(entry: Entry): void {
		this.#parts.transcript.add(keptEntry(entry, this.#parts.secrets));
		this.#parts.conversation.take(entry);
	}

	#redacted(text: string): string {
		return withoutKnown(text, this.#parts.secrets);
	}
}

function no(text: string): ToolOutcome {
	return { text, failed: true, remark: text };
}

function words(said: string | null): string {
	return said === null || said === '' ? '' : `: ${said}`;
}

function lostWords(begun: boolean): string {
	return begun
		? 'interrupted: your program was ended while this ran. It may have been done wholly, in part or not at all, and may even run on; look before you do it again'
		: 'not done: your program was ended before it began';
}

function endOf({ stop }: Reply): TurnEnd {
	if (stop === 'refused') return { kind: 'refused' };
	return { kind: stop === 'length' ? 'cut' : 'done' };
}

function usageOf({ id, model, usage }: Spent): Entry {
	return { kind: 'usage', id, model, ...usage };
}
