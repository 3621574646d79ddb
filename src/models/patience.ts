// Asks a model until it replies: busy ones are left alone for a while, broken streams are asked anew. A
// reply counts when it is whole, so that no part of a broken one is acted on.
import { setTimeout as sleep } from 'node:timers/promises';
import { counted } from '../lib/counted.ts';
import { messageOf } from '../lib/error-words.ts';
import { ModelFailure } from './failure.ts';
import type { Model, ModelRequest, Reply } from './model.ts';

/** Why nothing comes, and when it is asked again. */
export interface Pause {
	readonly why: string;
	readonly status: number | null;
	/** On the clock of `performance.now`. */
	readonly until: number;
	/** How many tries have failed. */
	readonly tries: number;
}

export interface Patience {
	/** Before each try; what it throws ends them. */
	readonly onTry?: () => Promise<void> | void;
	/** A try has failed and another one follows; what it said is to be forgotten. */
	readonly onPause: (pause: Pause) => void;
	readonly onResume: () => void;
	/** The first pause; each further one is twice as long. */
	readonly firstMs?: number;
	/** After so long without a sign a stream counts as broken. */
	readonly silenceMs?: number;
}

const mostTries = 10;
const longestPauseMs = 60_000;
/** Beyond that nobody wants to wait who looks at a pane. */
const longestRetryAfterMs = 60 * 60_000;

/** The reply, or what went wrong for good. An abort of the request's signal is thrown as its reason. */
export async function askPatiently(
	model: Model,
	request: Omit<ModelRequest, 'onSign'>,
	{ onTry, onPause, onResume, firstMs = 1000, silenceMs = 300_000 }: Patience,
): Promise<Reply> {
	for (let tries = 1; ; tries += 1) {
		await onTry?.();
		try {
			return await askOnce(model, request, silenceMs);
		} catch (error) {
			request.signal.throwIfAborted();
			const failure = error instanceof ModelFailure ? error : broken(error);
			const pauseMs = pauseAfter(failure, tries, firstMs);
			if (pauseMs === null) throw withClock(failure);
			const { message, status } = failure;
			onPause({ why: message, status, until: performance.now() + pauseMs, tries });
			await sleep(pauseMs, undefined, { signal: request.signal });
			onResume();
		}
	}
}

/** Null where another try is of no use. */
function pauseAfter(
	{ kind, retryAfterMs }: ModelFailure,
	tries: number,
	firstMs: number,
): number | null {
	if ((kind !== 'busy' && kind !== 'broken') || tries >= mostTries) return null;
	if (retryAfterMs !== null)
		return retryAfterMs > longestRetryAfterMs ? null : retryAfterMs;
	const usual = Math.min(longestPauseMs, firstMs * 2 ** (tries - 1));
	// Many agents of one account would come back at the same moment.
	return usual * (0.75 + Math.random() / 2);
}

/** Who is not waited for says when to come back. */
function withClock(failure: ModelFailure): ModelFailure {
	const { kind, message, status, retryAfterMs } = failure;
	if (retryAfterMs === null || retryAfterMs <= longestRetryAfterMs) return failure;
	const minutes = counted(Math.ceil(retryAfterMs / 60_000), 'minute');
	const words = `${message}; it is to be asked again in ${minutes}`;
	return new ModelFailure(kind, words, { status, retryAfterMs, cause: failure });
}

async function askOnce(
	model: Model,
	request: Omit<ModelRequest, 'onSign'>,
	silenceMs: number,
): Promise<Reply> {
	const silence = new AbortController();
	const listen = () =>
		setTimeout(() => silence.abort(), Math.min(silenceMs, 2 ** 31 - 1));
	let timer = listen();
	const onSign = () => {
		clearTimeout(timer);
		timer = listen();
	};
	const signal = AbortSignal.any([request.signal, silence.signal]);
	try {
		return await model.reply({ ...request, signal, onSign });
	} catch (error) {
		if (!silence.signal.aborted) throw error;
		const seconds = Math.round(silenceMs / 1000);
		throw new ModelFailure('broken', `nothing came for ${seconds} s`, { cause: error });
	} finally {
		clearTimeout(timer);
	}
}

function broken(error: unknown): ModelFailure {
	return new ModelFailure('broken', messageOf(error), { cause: error });
}
