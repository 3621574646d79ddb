// When what programs printed is told: together with all that came in the same turn of the loop, or,
// where nobody looks, with all that came until the next beat. To wake for each small print by itself
// costs many times what parsing it costs.

/** Somebody with something to tell. */
export interface Teller {
	/** Bytes that it has to tell. */
	readonly unread: number;
	/** Tells what it has, and what comes meanwhile until it was so many bytes in all. */
	tell(share: number): void;
}

/** What is told of all in one turn, unless more was there at its beginning. */
const turnBytes = 24 * 1024;

/** Ten times a second, for all panes of a process at the same moment. */
const beatMs = 100;

const ofTurn = new Set<Teller>();
const ofBeat = new Set<Teller>();
let turn: NodeJS.Immediate | undefined;
let beat: NodeJS.Timeout | undefined;

/** Has it tell at the end of this turn; those with little to tell go first, as an echo does. */
export function tellThisTurn(teller: Teller): void {
	ofTurn.add(teller);
	turn ??= setImmediate(() => {
		turn = undefined;
		tellAll(ofTurn);
	});
}

/** Has it tell with the next beat, unless it tells before. */
export function tellThisBeat(teller: Teller): void {
	ofBeat.add(teller);
	beat ??= setTimeout(() => {
		beat = undefined;
		tellAll(ofBeat);
	}, untilBeat());
}

/** It has nothing to tell any more. */
export function forgetTeller(teller: Teller): void {
	ofTurn.delete(teller);
	ofBeat.delete(teller);
}

// Timers are early by a millisecond at times: that beat has been.
function untilBeat(): number {
	const left = beatMs - (performance.now() % beatMs);
	return left < beatMs / 10 ? left + beatMs : left;
}

function tellAll(tellers: Set<Teller>): void {
	const ready = [...tellers].sort((one, other) => one.unread - other.unread);
	tellers.clear();
	for (const one of ready) one.tell(turnBytes / ready.length);
}
