// Says what the program is doing to the terminal it runs in: OSC 7501 (Program Status Protocol)
// and the window title. Reports without asking first; a terminal that does not know them ignores
// both sequences.

export type ReportedState = 'idle' | 'working' | 'blocked' | 'done' | 'error' | 'clear';

export interface StatusRecord {
	readonly state: ReportedState;
	readonly kind?: 'permission' | 'question' | 'auth';
	readonly message?: string;
	/** Absent: the program itself. */
	readonly id?: string;
	readonly title?: string;
	/** Percent. */
	readonly progress?: number;
}

export class StatusReport {
	readonly #app: string;
	readonly #write: (text: string) => void;
	readonly #automatic: boolean;
	#last = '';

	constructor(app: string, automatic: boolean, write: (text: string) => void) {
		this.#app = app;
		this.#automatic = automatic;
		this.#write = write;
	}

	/** What the player itself observes; silent in a scene that reports by hand. */
	observe(record: StatusRecord): void {
		if (this.#automatic) this.send(record);
	}

	/** Sends a record, unless it is the very one sent last. */
	send(record: StatusRecord): void {
		const sequence = statusSequence(record, this.#app);
		if (sequence === this.#last) return;
		this.#last = sequence;
		this.#write(sequence);
	}

	title(text: string): void {
		this.#write(
			`\u001b]2;${text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ')}\u001b\\`,
		);
	}

	bell(): void {
		this.#write('\u0007');
	}
}

/** Free text travels as base64 of UTF-8, so that it can hold neither `:` nor control bytes. */
export function statusSequence(record: StatusRecord, app: string): string {
	const pairs = [`state=${record.state}`, `app=${app.replaceAll(/[^\w.-]/g, '-')}`];
	if (record.id !== undefined) pairs.push(`id=${record.id}`);
	if (record.kind !== undefined) pairs.push(`kind=${record.kind}`);
	if (record.title !== undefined) pairs.push(`title=${base64(record.title)}`);
	if (record.message !== undefined) pairs.push(`msg=${base64(record.message)}`);
	if (record.progress !== undefined) pairs.push(`progress=${record.progress}`);
	return `\u001b]7501;${pairs.join(':')}\u001b\\`;
}

function base64(text: string): string {
	return Buffer.from(text, 'utf8').toString('base64');
}
