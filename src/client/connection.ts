// A client's connection to the supervisor. Loads no zod: answers come from the same build or are
// refused by the greeting, and verbs pay for every import with each call.
import { Emitter } from '../lib/emitter.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type {
	ClientOperation,
	ClientPush,
	ClientRequest,
	ClientResponses,
	clientProtocol,
} from '../protocol/client.ts';
import { dial, type Line, type Patience } from './dial.ts';

/** Its type is the number that the supervisor's schema file says. */
const protocol: typeof clientProtocol = 3;

export interface Greeting {
	readonly socket: string;
	/** The version of this build, for the sentence that names two of them. */
	readonly version: string;
	readonly role: ClientRequest<'hello'>['role'];
	/** Accept a supervisor of any protocol, to replace it: only `hello` may be relied on then. */
	readonly anyProtocol?: boolean;
}

/**
 * Connects and greets. Refused with `supervisor.none` where nobody listens, and with
 * `supervisor.other-version` where the supervisor speaks another protocol.
 */
export async function openConnection(greeting: Greeting): Promise<Outcome<Connection>> {
	const peer = {
		noun: 'supervisor',
		socket: greeting.socket,
		remedy: 'weir up --restart',
	};
	const line = await dial(peer);
	if (!line.ok)
		return line.refusal.code === 'supervisor.none' ? refuseNoSupervisor() : line;
	const { version, role } = greeting;
	const body: ClientRequest<'hello'> = { protocol, version, role };
	const answer = await line.value.ask('hello', body, { timeoutMs: 5000 });
	if (!answer.ok) {
		line.value[Symbol.dispose]();
		return answer;
	}
	// The fields of a greeting are the same in every protocol version.
	const supervisor = answer.value.body as ClientResponses['hello'];
	if (supervisor.protocol !== protocol && !greeting.anyProtocol) {
		line.value[Symbol.dispose]();
		return refuse(
			'supervisor.other-version',
			`the supervisor of this repository is weir ${supervisor.version}, this is weir ${version}, and they do not understand each other`,
			'weir up --restart',
		);
	}
	return ok(new Connection(line.value, supervisor));
}

export function refuseNoSupervisor(): Outcome<never> {
	return refuse('supervisor.none', 'no supervisor runs for this repository', 'weir up');
}

export class Connection implements Disposable {
	/** What the supervisor says unasked from the answer to `attach` on: listen before you ask. */
	readonly onPush = new Emitter<ClientPush>();
	/** Once, whoever ended it; the value is the failure, null where there was none. */
	readonly onClose: Emitter<Error | null>;
	/** How the supervisor greeted. */
	readonly supervisor: ClientResponses['hello'];
	readonly #line: Line;

	constructor(line: Line, supervisor: ClientResponses['hello']) {
		this.#line = line;
		this.supervisor = supervisor;
		this.onClose = line.channel.onClose;
		// A supervisor of the same protocol version pushes what the type says.
		line.channel.onPush.on((value) => this.onPush.emit(value as ClientPush));
	}

	/**
	 * Asks the supervisor. Refused with its own refusal, or `supervisor.gone`, `.silent` or
	 * `.too-large`. `timeoutMs: null` waits as long as the connection lives, for what takes
	 * as long as it takes.
	 */
	async request<O extends ClientOperation>(
		operation: O,
		body: ClientRequest<O>,
		patience: Patience = {},
	): Promise<Outcome<ClientResponses[O]>> {
		const answer = await this.#line.ask(operation, body, patience);
		if (!answer.ok) return answer;
		// A supervisor of the same protocol version answers what the type says.
		return ok(answer.value.body as ClientResponses[O]);
	}

	[Symbol.dispose](): void {
		this.#line[Symbol.dispose]();
	}
}
