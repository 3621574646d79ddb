// The text of a pane, read by lines on demand: the last ones first, then those above.
import { findAgent } from '../../domain/find-agent.ts';
import { counted } from '../../lib/counted.ts';
import { plainText } from '../../lib/plain-text.ts';
import type { Mirror } from '../mirror.ts';

const usual = 10;
const longestLine = 2000;

export class PaneReader {
	readonly #mirror: Mirror;
	#name = '';
	#lines: readonly string[] = [];
	#top = 0;
	#count = usual;

	constructor(mirror: Mirror) {
		this.#mirror = mirror;
	}

	/** The last lines of what an agent shows; blank ones are left out. */
	async read(name: string, count = usual): Promise<readonly string[]> {
		const found = findAgent(this.#mirror.now.state.agents, name);
		if (!found.ok) return [found.refusal.message];
		const { name: agent } = found.value;
		const shown = await this.#mirror.ask('screen', {
			agent,
			ansi: false,
			history: true,
		});
		if (!shown.ok) return [shown.refusal.message];
		this.#name = agent;
		this.#count = count;
		this.#lines = shown.value.lines
			.map((line) => plainText(line, longestLine))
			.filter((line) => line !== '');
		this.#top = this.#lines.length;
		return this.older();
	}

	/** The lines above those that were read last. */
	older(): readonly string[] {
		if (this.#name === '') return ['Nothing has been read yet: read AGENT.'];
		if (this.#lines.length === 0) return [`${this.#name} shows nothing.`];
		if (this.#top === 0) return [`That was the first line of ${this.#name}.`];
		const end = this.#top;
		this.#top = Math.max(0, end - this.#count);
		const all = counted(this.#lines.length, 'line');
		const lines = this.#lines.slice(this.#top, end);
		return [`${this.#name}, ${this.#top + 1} to ${end} of ${all}:`, ...lines];
	}
}
