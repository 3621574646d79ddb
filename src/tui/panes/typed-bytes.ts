// What is typed into one pane, on its way to a program that may not read it.
import type { HolderLink } from '../../client/holder-link.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';

/** More bytes under way are refused. */
const typingLimit = 1 << 20;
/** A request is a control frame of 64 KB, in base64. */
const pieceBytes = 32 * 1024;

export class TypedBytes {
	#underWay = 0;

	fits(bytes: Uint8Array): boolean {
		return this.#underWay + bytes.length <= typingLimit;
	}

	/** Answers once the terminal has taken it. */
	async send(link: HolderLink, pane: string, bytes: Uint8Array): Promise<Outcome<null>> {
		if (!this.fits(bytes))
			return refuse('pane.full', 'it does not read what is typed; the rest was dropped');
		this.#underWay += bytes.length;
		// All pieces leave in this turn, so that nothing typed later comes between them.
		const pieces: Promise<Outcome<unknown>>[] = [];
		for (let at = 0; at < bytes.length; at += pieceBytes) {
			const data = Buffer.from(bytes.subarray(at, at + pieceBytes)).toString('base64');
			pieces.push(link.request('write', { pane, data }, { timeoutMs: null }));
		}
		const answers = await Promise.all(pieces);
		this.#underWay -= bytes.length;
		return answers.find((answer) => !answer.ok) === undefined
			? ok(null)
			: refuse('pane.ended', 'its program does not take what is typed');
	}
}
