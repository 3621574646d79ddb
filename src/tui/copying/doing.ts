// What copy mode does that may take a while: how far it is, and whether it was ended.

export type DoingWhat = 'searching' | 'copying';

/** What is over before is not said. */
const quickMs = 300;

export class Doing {
	readonly what: DoingWhat;
	/** Of the text, in per cent. */
	percent = 0;
	stopped = false;
	readonly #since = performance.now();

	constructor(what: DoingWhat) {
		this.what = what;
	}

	/** Null as long as there is nothing to say of it. */
	get told(): { readonly what: DoingWhat; readonly percent: number } | null {
		if (performance.now() - this.#since < quickMs) return null;
		return { what: this.what, percent: this.percent };
	}
}
