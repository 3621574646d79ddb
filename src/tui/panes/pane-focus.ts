// Focus reports (mode 1004) of panes: a program has the focus while it is typed into and the user's
// terminal has it, too.
import type { AgentId } from '../../domain/ids.ts';
import { PaneMode } from '../../protocol/rows.ts';

export class PaneFocus {
	readonly #modesOf: (agent: AgentId) => number;
	readonly #tell: (agent: AgentId, report: Uint8Array) => void;
	#outside = true;
	#typedInto: AgentId | null = null;
	/** The program that believes to have the focus. */
	#told: AgentId | null = null;

	constructor(
		modesOf: (agent: AgentId) => number,
		tell: (agent: AgentId, report: Uint8Array) => void,
	) {
		this.#modesOf = modesOf;
		this.#tell = tell;
	}

	/** The user's terminal got the focus or lost it. */
	outside(focused: boolean): void {
		this.#outside = focused;
		this.follow(this.#typedInto);
	}

	/** To be called after each change of the pane that is typed into or of its modes. */
	follow(typedInto: AgentId | null): void {
		this.#typedInto = typedInto;
		const focused = this.#outside ? typedInto : null;
		const now = focused !== null && this.#asks(focused) ? focused : null;
		if (now === this.#told) return;
		if (this.#told !== null && this.#asks(this.#told)) this.#tell(this.#told, focusOut);
		this.#told = now;
		if (now !== null) this.#tell(now, focusIn);
	}

	#asks(agent: AgentId): boolean {
		return (this.#modesOf(agent) & PaneMode.focusEvents) !== 0;
	}
}

const focusIn = Buffer.from('\x1b[I');
const focusOut = Buffer.from('\x1b[O');
