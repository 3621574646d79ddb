// A reply that comes piece by piece, whatever API it comes by.
import { endlessFailure } from './failure.ts';
import type { ModelRequest, Reply } from './model.ts';

/** A reply as far as it has come. */
export interface Growing<Piece> {
	take(piece: Piece, request: ModelRequest): void;
	/** Null where its end did not come: between two pieces that is to the reader an end like any other. */
	whole(): Reply | null;
}

/** What the clients of the APIs give for a request. */
interface Asked<Piece> {
	withResponse(): Promise<{
		readonly data: AsyncIterable<Piece>;
		readonly response: Response;
	}>;
}

/** Takes all of it; what goes wrong is thrown as `told` says it. */
export async function streamed<Piece>(
	ask: () => Asked<Piece>,
	growing: Growing<Piece>,
	request: ModelRequest,
	told: (error: unknown) => unknown,
): Promise<Reply> {
	let began = false;
	try {
		const { data, response } = await ask().withResponse();
		for await (const piece of data) {
			began = true;
			request.onSign();
			growing.take(piece, request);
		}
		const whole = growing.whole();
		if (whole !== null) return whole;
		throw endlessFailure(began, response);
	} catch (error) {
		throw told(error);
	}
}
