// Travel between the moments of a pane's recording: which one is shown, and the text that copy mode
// began with, to come back to.
import type { Refusal } from '../../lib/outcome.ts';
import type { LivePane } from '../panes/live-pane.ts';
import type { StillText } from './still-text.ts';

/** Why another moment could not be shown: there is none, or it cannot be read. */
export type NotTravelled =
	| { readonly kind: 'end' }
	| { readonly kind: 'refused'; readonly refusal: Refusal };

export interface Moment {
	readonly kind: 'moment';
	readonly text: StillText;
	/** Null for what copy mode began with. */
	readonly time: number | null;
}

export class Moments {
	#asOf: number | null = null;
	/** While another moment is shown. */
	#present: StillText | null = null;

	/** When the screen was as it is shown; null for the one that copy mode began with. */
	get asOf(): number | null {
		return this.#asOf;
	}

	/** The nearest other moment; beyond the last one that with which it began. */
	async find(
		pane: LivePane,
		direction: 'earlier' | 'later',
	): Promise<Moment | NotTravelled> {
		if (direction === 'later' && this.#asOf === null) return { kind: 'end' };
		const answer = await pane.pastText(direction, this.#asOf ?? Number.MAX_SAFE_INTEGER);
		if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
		if (answer.value) return { kind: 'moment', ...answer.value };
		if (direction === 'earlier' || !this.#present) return { kind: 'end' };
		return { kind: 'moment', text: this.#present, time: null };
	}

	/** Goes to a moment from the text that is shown. */
	goTo({ time }: Moment, shown: StillText): void {
		this.#present = time === null ? null : (this.#present ?? shown);
		this.#asOf = time;
	}

	forget(): void {
		this.#asOf = null;
		this.#present = null;
	}
}
