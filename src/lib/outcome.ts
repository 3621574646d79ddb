// An expected "no" is a value, never an exception.

/**
 * Why something may not be done: a stable code, one sentence, and what would make it allowed. The
 * sentence follows `weir: `: it starts small and has no full stop.
 */
export interface Refusal {
	readonly code: string;
	readonly message: string;
	/** A command or a key that would turn the no into a yes, when there is one. */
	readonly allow?: string | undefined;
}

/**
 * Whether something went wrong, as against what may not be done now: there nothing happened, and the
 * next step is all that matters. The end of its code tells.
 */
export function isFailure({ code }: Refusal): boolean {
	return code === 'internal' || failures.test(code);
}

const failures =
	/\.(?:failed|fails|lost|broken|gone|stuck|full|unreadable|unwritable|unusable|malformed)$/;

export type Outcome<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly refusal: Refusal };

export function ok<T>(value: T): Outcome<T> {
	return { ok: true, value };
}

export function refuse(code: string, message: string, allow?: string): Outcome<never> {
	return { ok: false, refusal: refusal(code, message, allow) };
}

export function refusal(code: string, message: string, allow?: string): Refusal {
	return allow === undefined ? { code, message } : { code, message, allow };
}
