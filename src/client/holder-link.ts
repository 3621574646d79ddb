// A connection to a holder: panes are read from here and typed to, by the TUI and the supervisor.
import { Emitter } from '../lib/emitter.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { BadFrame } from '../protocol/frames.ts';
import type {
	HolderOperation,
	HolderPush,
	HolderRequest,
	HolderResponse,
	holderProtocol,
} from '../protocol/holder.ts';
import { decodeRows, type RowsPush } from '../protocol/rows.ts';
import { dial, type Line, type Patience } from './dial.ts';

/** Its type is the range that the holder's schema file says. */
const protocol: typeof holderProtocol = { min: 1, max: 1 };

export interface HolderAddress {
	readonly socket: string;
	readonly token: string;
}

/** Lines of scrollback with the rows themselves, null where none are kept of those asked for. */
export interface HistoryRows extends HolderResponse<'history'> {
	readonly rows: RowsPush | null;
}

/** A screen of another time; its time is null where there is none. */
export interface ScreenOfThen extends HolderResponse<'screen'> {
	readonly rows: RowsPush | null;
}

/**
 * Connects and greets. Refused with `holder.none` where the holder is gone, with
 * `holder.other-version` where no protocol version is known to both.
 */
export async function openHolder(address: HolderAddress): Promise<Outcome<HolderLink>> {
	const peer = { noun: 'holder', socket: address.socket, remedy: 'weir status' };
	const line = await dial(peer);
	if (!line.ok) return line;
	const hello: HolderRequest<'hello'> = { protocol, token: address.token };
	const answer = await line.value.ask('hello', hello, { timeoutMs: 5000 });
	if (!answer.ok) {
		line.value[Symbol.dispose]();
		return answer;
	}
	// The fields of a greeting are the same in every protocol version.
	const holder = answer.value.body as HolderResponse<'hello'>;
	if (holder.protocol < protocol.min || holder.protocol > protocol.max) {
		line.value[Symbol.dispose]();
		return refuse(
			'holder.other-version',
			`the holder ${holder.holder} is of weir ${holder.version}, which this one does not understand`,
			'use that version of weir until its agents have ended',
		);
	}
	return ok(new HolderLink(line.value, holder));
}

export class HolderLink implements Disposable {
	/** Signals, exits, endings and sizes of every pane of the holder. */
	readonly onPush = new Emitter<HolderPush>();
	/** Rows of the panes that this connection watches, as many pushes as it gave credit for. */
	readonly onRows = new Emitter<RowsPush>();
	/** Once, whoever ended it; the value is the failure, null where there was none. */
	readonly onClose: Emitter<Error | null>;
	/** How the holder greeted. */
	readonly holder: HolderResponse<'hello'>;
	readonly #line: Line;

	constructor(line: Line, holder: HolderResponse<'hello'>) {
		this.#line = line;
		this.holder = holder;
		const { channel } = line;
		this.onClose = channel.onClose;
		// A holder within the protocol range pushes what the type says.
		channel.onPush.on((value) => this.onPush.emit(value as HolderPush));
		channel.onRows.on((frame) => {
			const rows = readRows(frame.payload);
			if (rows instanceof BadFrame) channel.close(rows);
			else this.onRows.emit(rows);
		});
	}

	/** Asks the holder. Refused with its own refusal, or `holder.gone`, `.silent`, `.too-large`. */
	async request<O extends HolderOperation>(
		operation: O,
		body: HolderRequest<O>,
		patience: Patience = {},
	): Promise<Outcome<HolderResponse<O>>> {
		const answer = await this.#line.ask(operation, body, patience);
		if (!answer.ok) return answer;
		// A holder within the protocol range answers what the type says.
		return ok(answer.value.body as HolderResponse<O>);
	}

	/** Types into a pane that this connection watches, by its number. Refused as `request`. */
	async type(number: number, typed: Uint8Array): Promise<Outcome<null>> {
		const answer = await this.#line.type(number, typed);
		return answer.ok ? ok(null) : answer;
	}

	/** `history` with its rows, whose numbers count from the answer's `from`. */
	history(
		body: HolderRequest<'history'>,
		patience: Patience = {},
	): Promise<Outcome<HistoryRows>> {
		return this.#withRows('history', body, patience);
	}

	/** `screen` with its rows. */
	screen(body: HolderRequest<'screen'>): Promise<Outcome<ScreenOfThen>> {
		return this.#withRows('screen', body, {});
	}

	async #withRows<O extends 'history' | 'screen'>(
		operation: O,
		body: HolderRequest<O>,
		patience: Patience,
	): Promise<Outcome<HolderResponse<O> & { readonly rows: RowsPush | null }>> {
		const answer = await this.#line.ask(operation, body, patience);
		if (!answer.ok) return answer;
		const rows = answer.value.bytes && readRows(answer.value.bytes);
		if (rows instanceof BadFrame) {
			this.#line.channel.close(rows);
			return refuse('holder.gone', `the holder sent broken rows: ${rows.message}`);
		}
		// A holder within the protocol range answers what the type says.
		return ok({ ...(answer.value.body as HolderResponse<O>), rows });
	}

	[Symbol.dispose](): void {
		this.#line[Symbol.dispose]();
	}
}

function readRows(payload: Uint8Array): RowsPush | BadFrame {
	try {
		return decodeRows(payload);
	} catch (cause) {
		if (cause instanceof RangeError) return new BadFrame(cause.message, { cause });
		throw cause;
	}
}
