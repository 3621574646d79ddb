// Who shows what an agent does, and asks: a terminal, or nobody but a stream of lines.
import type { Pause } from '../models/patience.ts';
import type { Verdict } from './permission.ts';
import type { Plan, ToolOutcome } from './tools/tool.ts';

export interface Face {
	/** A turn begins with what the user said. */
	onPrompt(text: string): void;
	/** The model is asked. */
	onAsk(): void;
	onText(text: string): void;
	/** A try has failed, what it said does not count; another one follows when the pause is over. */
	onPause(pause: Pause): void;
	onResume(): void;
	/** weir lets it ask no more for now. */
	onHeld(why: string): void;
	/** What it said counts. */
	onReply(): void;
	onPlan(plan: Plan): void;
	onOutput(text: string): void;
	onOutcome(plan: Plan | null, outcome: ToolOutcome): void;
	onCompacting(): void;
	onNote(text: string, kind: 'plain' | 'warn' | 'bad'): void;
	/** Rejects with the signal's reason. */
	permit(plan: Plan, signal: AbortSignal): Promise<Verdict>;
}
