// The text of a pane, read by lines on demand: the last ones first, then those above.
import { findAgent } from '../../domain/find-agent.ts';
import { counted } from '../../lib/counted.ts';
import type { Outcome } from '../../lib/outcome.ts';
import { plainText } from '../../lib/plain-text.ts';
import type { Mirror } from '../mirror.ts';

const usual = 10;
const longestLine = 2000;
/** Lines that are asked for at once: most are read from the end, and few of them. */
const fetched = 500;

interface NumberedLine {
	/** From 1, blank lines counted. */
	readonly number: number;
	readonly text: string;
}

export class PaneReader {
	readonly #mirror: Mirror;
	#name = '';
	/** Not read out yet, without the blank ones. */
	#lines: readonly NumberedLine[] = [];
	/** Lines above those, still to be asked for. */
	#above = 0;
	#all = 0;
	#count = usual;

	constructor(mirror: Mirror) {
		this.#mirror = mirror;
	}

	/** The last lines of what an agent shows; blank ones are left out. */
	async read(name: string, count = usual): Promise<readonly string[]> {
		const found = findAgent(this.#mirror.now.state.agents, name);
		if (!found.ok) return [found.refusal.message];
		const { name: agent } = found.value;
		const shown = await this.#mirror.ask('screen', { agent, ansi: false });
		if (!shown.ok) return [shown.refusal.message];
		const { lines, above } = shown.value;
		this.#name = agent;
		this.#count = count;
		this.#above = above;
		this.#lines = numbered(lines, above);
		const known = await this.#fill();
		if (!known.ok) return [known.refusal.message];
		this.#all = this.#lines.at(-1)?.number ?? 0;
		return this.#lines.length === 0 ? [`${agent} shows nothing.`] : this.#take();
	}

	/** The lines above those that were read last. */
	async older(): Promise<readonly string[]> {
		if (this.#name === '') return ['Nothing has been read yet: read AGENT.'];
		const known = await this.#fill();
		if (!known.ok) return [known.refusal.message];
		if (this.#lines.length === 0) return [`That was the first line of ${this.#name}.`];
		return this.#take();
	}

	/** Asks until there are enough lines to read out, or no more. */
	async #fill(): Promise<Outcome<null>> {
		while (this.#lines.length < this.#count && this.#above > 0) {
			const from = Math.max(0, this.#above - fetched);
			const earlier: NumberedLine[] = [];
			for (let next: number | null = from; next !== null && next < this.#above; ) {
				const page = await this.#page(next, this.#above - next);
				if (!page.ok) return page;
				earlier.push(...numbered(page.value.lines, page.value.from));
				next = page.value.next;
			}
			this.#lines = [...earlier, ...this.#lines];
			this.#above = from;
		}
		return { ok: true, value: null };
	}

	#page(from: number, count: number) {
		const agent = this.#name;
		return this.#mirror.ask('history', { agent, ansi: false, from, count });
	}

	#take(): readonly string[] {
		const taken = this.#lines.slice(-this.#count);
		this.#lines = this.#lines.slice(0, -this.#count);
		const [first, last] = [taken[0]?.number, taken.at(-1)?.number];
		const all = counted(this.#all, 'line');
		return [
			`${this.#name}, ${first} to ${last} of ${all}:`,
			...taken.map(({ text }) => text),
		];
	}
}

function numbered(lines: readonly string[], above: number): readonly NumberedLine[] {
	return lines
		.map((line, at) => ({
			number: above + at + 1,
			text: plainText(line, longestLine),
		}))
		.filter(({ text }) => text !== '');
}
