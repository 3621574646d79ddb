// Brings comments that were begun to the journal, so that they outlive this client: once their card was left,
// however that came, and while somebody pauses in it.
import { isGone } from '../../domain/agent.ts';
import type { State } from '../../domain/state.ts';
import type { Outcome } from '../../lib/outcome.ts';
import type { ClientRequest } from '../../protocol/client.ts';
import type { Dialog } from '../cards/dialog.ts';
import type { View } from '../view.ts';
import type { ViewChange } from '../view-change.ts';
import { type CommentDraft, isDraft, isOn, recordedOn } from './comment-draft.ts';

type CommentDialog = Extract<Dialog, { kind: 'comment' }>;

export interface DraftKeeperOptions {
	readonly state: () => State;
	readonly view: () => View;
	readonly change: (change: ViewChange<'draft-recorded'>) => void;
	readonly after: (milliseconds: number, run: () => void) => () => void;
	readonly record: (
		draft: ClientRequest<'review.begin'>,
	) => Promise<Outcome<Readonly<Record<string, never>>>>;
}

/** Whoever types goes on sooner. */
const pauseMs = 1000;
/** The supervisor may be on its way. */
const againMs = 5000;

export class DraftKeeper {
	readonly #options: DraftKeeperOptions;
	/** The card as it stood last. */
	#open: CommentDialog | null = null;
	#pause: (() => void) | undefined;
	/** Drafts of the view that were asked to be recorded. */
	readonly #asked = new WeakSet<CommentDraft>();

	constructor(options: DraftKeeperOptions) {
		this.#options = options;
	}

	/** The view or the state is another. */
	changed(): void {
		this.#followCard();
		for (const draft of this.#options.view().drafts) this.#bring(draft);
	}

	#followCard(): void {
		const { view, after } = this.#options;
		const { dialog } = view();
		const before = this.#open;
		const now = dialog?.kind === 'comment' ? dialog : null;
		if (now === before) return;
		this.#open = now;
		this.#pause?.();
		this.#pause = now ? after(pauseMs, () => void this.#record(now)) : undefined;
		// Nothing of it was left there: a draft that is recorded is one no more.
		if (before && !(now && isOn(now, before)) && !isDraft(before))
			void this.#send(before, '');
	}

	/** To the journal, and out of the view once it is there. */
	#bring(draft: CommentDraft): void {
		const { state, change } = this.#options;
		if (recordedOn(state(), draft) === draft.field.text)
			change({ kind: 'draft-recorded', draft });
		else if (!this.#asked.has(draft)) void this.#ask(draft);
	}

	async #ask(draft: CommentDraft): Promise<void> {
		this.#asked.add(draft);
		const done = await this.#send(draft, draft.field.text);
		if (done) return this.changed();
		this.#options.after(againMs, () => {
			this.#asked.delete(draft);
			this.changed();
		});
	}

	/** What stands in a card. */
	async #record(dialog: CommentDialog): Promise<void> {
		const text = isDraft(dialog) ? dialog.field.text : '';
		if ((recordedOn(this.#options.state(), dialog) ?? '') !== text)
			await this.#send(dialog, text);
	}

	/** False where it may go better later. */
	async #send(on: Omit<CommentDraft, 'field'>, text: string): Promise<boolean> {
		const { state, record } = this.#options;
		const agent = state().agents[on.agent];
		if (!agent || isGone(agent)) return true;
		const { path, side, line, quote } = on.about;
		const { comment } = on;
		const done = await record({
			agent: agent.name,
			comment,
			path,
			side,
			line,
			quote,
			text,
		});
		return done.ok;
	}
}
