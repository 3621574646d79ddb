/** Calls when what the system had to tell by now has been read: its queue is read between two immediates. */
export function afterReading(then: () => void): void {
	setImmediate(() => setImmediate(then));
}
