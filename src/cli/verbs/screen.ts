// Prints what an agent shows, and with `--history` what it printed before: page by page, so that
// however much there is, little of it is held here.
import type { Connection } from '../../client/connection.ts';
import { type Outcome, ok, type Refusal } from '../../lib/outcome.ts';
import type { ClientRequest } from '../../protocol/client.ts';
import { refusalJson, write } from '../print.ts';
import { reach } from '../reach.ts';
import { codeOf, done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [agent = ''] = call.words;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const ansi = call.on('ansi');
	const shown = await connection.request('screen', { agent, ansi });
	if (!shown.ok) return shown;
	const { lines, above } = shown.value;
	const listing = new Listing(call.json);
	if (call.on('history')) {
		for await (const page of pages(connection, { agent, ansi, above })) {
			if (page.ok) await listing.add(page.value);
			else if (!call.json) return page;
			// What has been printed stays true; the refusal says that there was more.
			else return ok({ code: await listing.breakOff(page.refusal) });
		}
	}
	await listing.add(lines);
	await listing.end();
	return done;
};

const pageLines = 2000;

interface Wanted {
	readonly agent: string;
	readonly ansi: boolean;
	/** Lines that had scrolled off when the screen was read: those after them are on it. */
	readonly above: number;
}

async function* pages(
	connection: Connection,
	{ agent, ansi, above }: Wanted,
): AsyncGenerator<Outcome<readonly string[]>> {
	for (let from: number | null = 0; from !== null && from < above; ) {
		const count = Math.min(pageLines, above - from);
		const page = await askPage(connection, { agent, ansi, from, count });
		yield page.ok ? ok(page.value.lines) : page;
		from = page.ok ? page.value.next : null;
	}
}

function askPage(connection: Connection, body: ClientRequest<'history'>) {
	return connection.request('history', body);
}

/** Lines as they come, but for the blank ones at the end. */
class Listing {
	readonly #json: boolean;
	#blanks = 0;
	#before = '';

	constructor(json: boolean) {
		this.#json = json;
		if (json) this.#before = '{"v":1,"lines":[';
	}

	async add(lines: readonly string[]): Promise<void> {
		let text = '';
		for (const line of lines) {
			this.#blanks += 1;
			if (line === '') continue;
			for (; this.#blanks > 1; this.#blanks -= 1) text += this.#entry('');
			text += this.#entry(line);
			this.#blanks = 0;
		}
		await write(text);
	}

	async end(rest = ''): Promise<void> {
		if (this.#json) await write(`${this.#before === ',' ? '' : this.#before}]${rest}}\n`);
	}

	/** Closes the list with why it is not whole. */
	async breakOff(refusal: Refusal): Promise<number> {
		await this.end(`,"refusal":${JSON.stringify(refusalJson(refusal))}`);
		return codeOf(refusal);
	}

	#entry(line: string): string {
		if (!this.#json) return `${line}\n`;
		const entry = this.#before + JSON.stringify(line);
		this.#before = ',';
		return entry;
	}
}
