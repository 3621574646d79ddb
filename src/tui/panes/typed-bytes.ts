// What is typed into one pane, on its way to a program that may not read it.
import type { HolderLink } from '../../client/holder-link.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';

/** More bytes under way are refused. */
const typingLimit = 1 << 20;
/** A request is a control frame of 64 KB, of an older holder in base64. */
const pieceBytes = 32 * 1024;

export interface TypedPane {
	readonly link: HolderLink;
	/** The holder's name of it. */
	readonly name: string;
	/** The holder's number of it, once it is watched. */
	readonly number: number | null;
}

export class TypedBytes {
	#underWay = 0;

	fits(bytes: Uint8Array): boolean {
		return this.#underWay + bytes.length <= typingLimit;
	}

	/** Answers once the terminal has taken it. */
	async send(to: TypedPane, bytes: Uint8Array): Promise<Outcome<null>> {
		if (!this.fits(bytes))
			return refuse('pane.full', 'it does not read what is typed; the rest was dropped');
		this.#underWay += bytes.length;
		// All pieces leave in this turn, so that nothing typed later comes between them.
		const pieces: Promise<Outcome<unknown>>[] = [];
		for (let at = 0; at < bytes.length; at += pieceBytes)
			pieces.push(sendPiece(to, bytes.subarray(at, at + pieceBytes)));
		const answers = await Promise.all(pieces);
		this.#underWay -= bytes.length;
		return answers.find((answer) => !answer.ok) === undefined
			? ok(null)
			: refuse('pane.ended', 'its program does not take what is typed');
	}
}

/** By number it takes a fifth of the time; an older holder wants a name. */
function sendPiece(
	{ link, name, number }: TypedPane,
	bytes: Uint8Array,
): Promise<Outcome<unknown>> {
	if (number !== null && link.holder.input) return link.type(number, bytes);
	const data = Buffer.from(bytes).toString('base64');
	return link.request('write', { pane: name, data }, { timeoutMs: null });
}
