// What can go wrong with a request, by what is to be done about it.
import { errorCode, messageOf } from '../lib/error-words.ts';
import { plainText } from '../lib/plain-text.ts';

export type FailureKind =
	/** Too many requests, or it cannot now: later. */
	| 'busy'
	/** The stream broke off or went silent, or there was no connection: again. */
	| 'broken'
	/** More than its window holds. */
	| 'overflow'
	/** The key is not taken. */
	| 'key'
	/** Anything else it says no to. */
	| 'refused';

export class ModelFailure extends Error {
	readonly kind: FailureKind;
	readonly status: number | null;
	/** So long it wants to be left alone; null where it does not say. */
	readonly retryAfterMs: number | null;

	constructor(
		kind: FailureKind,
		message: string,
		{
			status = null,
			retryAfterMs = null,
			cause,
		}: {
			readonly status?: number | null;
			readonly retryAfterMs?: number | null;
			readonly cause?: unknown;
		} = {},
	) {
		super(plainText(withoutMarkup(message), longestMessage), { cause });
		this.kind = kind;
		this.status = status;
		this.retryAfterMs = retryAfterMs;
	}
}

const longestMessage = 500;

/** Where a request never arrived, or its answer was cut off on the way. */
export function connectionFailure(url: string, error: unknown): ModelFailure {
	const why = deepest(error);
	const words = unreached.has(errorCode(why) ?? '')
		? `${withoutLogin(url)} cannot be reached: ${errorCode(why)}`
		: `asking ${withoutLogin(url)} failed: ${messageOf(why)}`;
	return new ModelFailure('broken', words, { cause: error });
}

/** What the client of HTTP throws in the middle of an answer. */
export function isCutOff(error: unknown): boolean {
	return error instanceof TypeError && error.cause !== undefined;
}

/** An answer that ended without its end: where it never was a stream, asking again is of no use. */
export function endlessFailure(began: boolean, response: Response): ModelFailure {
	const type = response.headers.get('content-type')?.split(';')[0] ?? 'nothing';
	if (began || type === 'text/event-stream')
		return new ModelFailure('broken', 'the reply broke off');
	return new ModelFailure(
		'refused',
		`${withoutLogin(response.url)} answers with ${type} in place of a stream; is the base URL that of this API?`,
	);
}

const unreached: ReadonlySet<string> = new Set([
	...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
	...['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT'],
]);

/** Clients wrap what the system said. */
function deepest(error: unknown): unknown {
	let at = error;
	while (at instanceof Error && at.cause !== undefined) at = at.cause;
	if (at instanceof AggregateError && at.errors.length > 0) return at.errors[0];
	return at;
}

function withoutLogin(url: string): string {
	return url.replace(/\/\/[^/@]*@/, '//').replace(/\?.*/, '');
}

/** Gateways answer with pages. */
function withoutMarkup(message: string): string {
	return /<(?:!doctype|html|head|body)\b/i.test(message)
		? message.replaceAll(/<[^<>]*>/g, ' ').replaceAll(/ {2,}/g, ' ')
		: message;
}

/** By the status of an answer and what it says. */
export function failureOf(
	status: number | undefined,
	message: string,
	headers: Headers | undefined,
	cause: unknown,
): ModelFailure {
	const retryAfterMs = retryAfter(headers);
	const told = { status: status ?? null, retryAfterMs, cause };
	return new ModelFailure(kindOf(status, message), message, told);
}

function kindOf(status: number | undefined, message: string): FailureKind {
	if (overflowWords.test(message) || status === 413) return 'overflow';
	if (status === undefined) return 'broken';
	if (status === 401 || status === 403) return 'key';
	if (status === 408 || status === 409 || status === 429 || status >= 500) return 'busy';
	return 'refused';
}

/** No API has a status of its own for it. */
const overflowWords =
	/prompt is too long|context[_ ](?:length|window)|maximum context|too many (?:input )?tokens|exceeds? the (?:context|limit)/i;

/** In seconds, or a date: https://httpwg.org/specs/rfc9110.html#field.retry-after */
function retryAfter(headers: Headers | undefined): number | null {
	const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN);
	if (Number.isFinite(exact) && exact >= 0) return exact;
	const said = headers?.get('retry-after') ?? null;
	if (said === null) return null;
	const seconds = Number(said);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	const until = Date.parse(said);
	return Number.isNaN(until) ? null : Math.max(0, until - Date.now());
}
