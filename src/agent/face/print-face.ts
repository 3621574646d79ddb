// The agent without a terminal: its words as they are, or all that happens as JSON, a line each. Nobody
// is there to be asked, so that what needs leave is refused.
import type { Pause } from '../../models/patience.ts';
import type { Face } from '../face.ts';
import type { Verdict } from '../permission.ts';
import type { Plan, ToolOutcome } from '../tools/tool.ts';

export interface PrintParts {
	readonly json: boolean;
	readonly print: (text: string) => void;
	/** For people, beside what is printed. */
	readonly tell: (text: string) => void;
}

export class PrintFace implements Face {
	readonly #parts: PrintParts;
	#text = '';

	constructor(parts: PrintParts) {
		this.#parts = parts;
	}

	onPrompt(): void {}
	onAsk(): void {}
	onOutput(): void {}

	onText(text: string): void {
		this.#text += text;
	}

	onPause({ why, status, tries, until }: Pause): void {
		this.#text = '';
		const seconds = Math.ceil((until - performance.now()) / 1000);
		if (this.#parts.json) this.#emit({ kind: 'paused', why, status, tries, seconds });
		else this.#parts.tell(`${why}; again in ${seconds} s`);
	}

	onResume(): void {
		if (this.#parts.json) this.#emit({ kind: 'resumed' });
	}

	onHeld(why: string): void {
		this.onNote(why);
	}

	onReply(): void {
		if (this.#text !== '' && this.#parts.json)
			this.#emit({ kind: 'text', text: this.#text });
		else if (this.#text !== '') this.#parts.print(`${this.#text.trimEnd()}\n`);
		this.#text = '';
	}

	onPlan({ verb, subject }: Plan): void {
		if (this.#parts.json) this.#emit({ kind: 'call', verb, subject });
	}

	onOutcome(_plan: Plan | null, { text, failed, remark }: ToolOutcome): void {
		if (this.#parts.json) this.#emit({ kind: 'result', failed, remark, text });
	}

	onCompacting(): void {
		this.#text = '';
		if (this.#parts.json) this.#emit({ kind: 'compacting' });
	}

	onNote(text: string): void {
		this.#text = '';
		if (this.#parts.json) this.#emit({ kind: 'note', text });
		else this.#parts.tell(text);
	}

	permit({ risk }: Plan): Promise<Verdict> {
		const mode = risk === 'edit' ? 'edits or all' : 'all';
		const words = `nobody is there to be asked; it would take --permission-mode ${mode}`;
		return Promise.resolve({ yes: false, always: false, words });
	}

	#emit(value: object): void {
		this.#parts.print(`${JSON.stringify({ v: 1, ...value })}\n`);
	}
}
