// Ends synchronous code that does not return, in the thread it runs in. The engine's own time limit
// of an evaluation does it: `vm` has one as well and makes a thread for each call, six times as dear
// (docs/decisions has the figures). The only file that knows node:inspector.
import { Session } from 'node:inspector';

/** Returned for code that was ended: whatever it was changing is half changed. */
export const ended = Symbol('ended');

/**
 * What `job` returns, or `ended` where it took longer. Not even its `finally` runs then. The time is
 * that of the wall, so a limit must leave room for a machine that is busy.
 */
export function withinTime<T>(limitMs: number, job: () => T): T | typeof ended {
	let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
	const outer = current;
	current = () => {
		try {
			outcome = { value: job() };
		} catch (error) {
			outcome = { error };
		}
	};
	session ??= connected();
	session.post(
		'Runtime.evaluate',
		{ expression: `${entry}()`, timeout: limitMs, silent: true },
		() => undefined,
	);
	current = outer;
	if (outcome === undefined) return ended;
	if ('error' in outcome) throw outcome.error;
	return outcome.value;
}

const entry = 'weirWithinTime';
let current: (() => void) | undefined;
let session: Session | undefined;

function connected(): Session {
	Object.defineProperty(globalThis, entry, { value: () => current?.() });
	const own = new Session();
	own.connect();
	return own;
}
