/**
 * Runs a while later, after what has arrived by then; returns the way to cancel it. A process that stood
 * still finds its timers and its input together, and Node runs the timers first: an answer that lies in
 * the socket would be taken for one that never came, and half of a key for a whole one.
 */
export function afterInput(milliseconds: number, run: () => void): () => void {
	let last: NodeJS.Immediate | undefined;
	const timer = setTimeout(() => {
		last = setImmediate(run);
	}, milliseconds);
	return () => {
		clearTimeout(timer);
		clearImmediate(last);
	};
}
