// What a peer may ask: one row an operation. Bodies are checked by the schemas of the protocol;
// what comes back is a refusal or a plain answer.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { firstFault } from '../lib/schema-words.ts';
import {
	type HolderOperation,
	type HolderRequest,
	type HolderResponse,
	holderOperations,
} from '../protocol/holder.ts';
import type { Painting } from './painting.ts';
import type { Pane } from './pane.ts';
import type { Panes } from './panes.ts';
import { encodeLines } from './scrollback.ts';

/** The connection that asks. */
export interface Asker {
	readonly panes: Panes;
	readonly painting: Painting;
	/** Checks who asks; nothing else is served before. */
	hello(request: HolderRequest<'hello'>): Outcome<HolderResponse<'hello'>>;
	readonly greeted: boolean;
	attach(bytes: Uint8Array): void;
	/** The holder's own files are there. */
	readonly settle: (places: Pick<HolderRequest<'places'>, 'record' | 'exits'>) => void;
	drain(): void;
	shutdown(): void;
}

type Moment = Outcome<HolderResponse<'screen'>>;
type Answered<T> = Outcome<T> | Promise<Outcome<T>>;

type Handlers = {
	readonly [Operation in HolderOperation]: (
		body: HolderRequest<Operation>,
		asker: Asker,
	) => Answered<HolderResponse<Operation>>;
};

/** Serves one request of a peer. */
export function perform(
	operation: string,
	body: unknown,
	asker: Asker,
): Answered<unknown> {
	if (!isOperation(operation))
		return refuse('request.unknown', `a holder knows no operation ${operation}`);
	if (operation !== 'hello' && !asker.greeted)
		return refuse('hello.missing', `${operation} before hello`);
	const parsed = holderOperations[operation].request.safeParse(body ?? {});
	if (!parsed.success) {
		const fault = firstFault(parsed.error.issues);
		return refuse('request.malformed', `the request ${operation}: ${fault}`);
	}
	// The schema of this operation has just made it so; the types cannot follow the table.
	const handler = handlers[operation] as Handler;
	return handler(parsed.data, asker);
}

/** Types into a pane by its number: what a client does with each key. */
export function typeInto(
	number: number,
	typed: Uint8Array,
	{ panes, greeted }: Pick<Asker, 'panes' | 'greeted'>,
): Answered<unknown> {
	if (!greeted) return refuse('hello.missing', 'input before hello');
	return onPane(panes.findNumbered(number), (found) => type(found, typed, done));
}

type Handler = (body: unknown, asker: Asker) => Answered<unknown>;

function isOperation(name: string): name is HolderOperation {
	return Object.hasOwn(holderOperations, name);
}

const done = ok({});

const handlers = {
	hello: (body, asker) => asker.hello(body),
	list: (_body, { panes }) => ok({ panes: panes.all().map((pane) => pane.info()) }),
	spawn: (body, { panes }) => panes.spawn(body),
	spec: ({ pane }, { panes }) => {
		const found = panes.find(pane);
		return ok(found.ok ? found.value.spec : null);
	},
	write: ({ pane, data, once }, { panes }) =>
		onPane(panes.find(pane), (found) =>
			once !== undefined && found.hasTyped(once)
				? done
				: type(found, bytesOf(data), done),
		),
	writeIf: ({ pane, data, screenHash }, { panes }) =>
		onPane(panes.find(pane), (found): Answered<HolderResponse<'writeIf'>> => {
			const now = found.screenHash();
			if (now !== screenHash) return ok({ written: false, screenHash: now });
			return type(found, bytesOf(data), ok({ written: true, screenHash: now }));
		}),
	resize: ({ pane, columns, rows, used }, { panes, painting }) =>
		onPane(panes.find(pane), (found) => {
			panes.show(found, painting, { columns, rows }, used ?? false);
			return done;
		}),
	stop: ({ pane, generation, ladder }, { panes }) =>
		onPane(panes.findRunning(pane, generation), (found) => {
			found.program.stop(ladder);
			return done;
		}),
	pause: ({ pane, generation }, { panes }) =>
		onPane(panes.findRunning(pane, generation), async (found) => {
			const paused = await found.program.pause();
			return paused.ok ? done : paused;
		}),
	resume: ({ pane, generation }, { panes }) =>
		onPane(panes.findRunning(pane, generation), async (found) => {
			await found.program.resume();
			return done;
		}),
	watch: ({ pane, credit }, { panes, painting }) =>
		onPane(panes.find(pane), (found) => {
			painting.watch(found, credit);
			return ok({ number: found.number });
		}),
	credit: ({ pane, credit }, { panes, painting }) =>
		onPane(panes.find(pane), (found) =>
			painting.addCredit(found, credit)
				? done
				: refuse('pane.unwatched', `${pane} is not watched by this connection`),
		),
	unwatch: ({ pane }, { panes, painting }) => {
		const found = panes.find(pane);
		if (found.ok) {
			painting.unwatch(found.value);
			panes.hide(found.value, painting);
		}
		return done;
	},
	text: ({ pane, ansi }, { panes }) =>
		onPane(panes.find(pane), (found) => {
			const { lines, ...screen } = found.text(ansi ?? false);
			return ok({ lines: [...lines], ...screen });
		}),
	history: (body, asker) =>
		onPane(asker.panes.find(body.pane), async (found) => {
			const lines = await found.lines(body);
			if (!lines.ok) return lines;
			const { from, total, dropped, first } = lines.value;
			const rows = encodeLines(found.number, found.info().columns, lines.value);
			if (rows) asker.attach(rows);
			return ok({ from, total, dropped, first });
		}),
	colours: (body, { panes }) => {
		panes.setColours(body);
		return done;
	},
	search: (body, { panes }) =>
		onPane(panes.find(body.pane), (found) => found.search(body)),
	prompt: (body, { panes }) =>
		onPane(panes.find(body.pane), (found) => found.prompt(body)),
	screen: (body, asker) =>
		onPane(asker.panes.find(body.pane), async (found): Promise<Moment> => {
			const screen = await found.pastScreen(body);
			if (!screen.ok) return screen;
			if (screen.value === null) return ok({ time: null });
			const { time, columns, rows } = screen.value;
			const lines = { from: 0, total: 0, dropped: 0, rows };
			const bytes = encodeLines(found.number, columns, lines);
			if (bytes) asker.attach(bytes);
			return ok({ time });
		}),
	redact: ({ pane, secrets }, { panes }) =>
		onPane(panes.find(pane), (found) => {
			found.redact(secrets);
			return done;
		}),
	collect: ({ pane, generation }, { panes }) => panes.collect(pane, generation),
	places: ({ recordings, ...own }, { panes, settle }) => {
		settle(own);
		for (const { pane, generation, folder } of recordings) {
			const found = panes.findRunning(pane, generation);
			if (found.ok) found.value.recordIn(folder);
		}
		return done;
	},
	drain: (_body, asker) => {
		asker.drain();
		return done;
	},
	shutdown: (_body, asker) => {
		asker.shutdown();
		return done;
	},
} satisfies Handlers;

function onPane<T>(found: Outcome<Pane>, use: (pane: Pane) => Answered<T>): Answered<T> {
	return found.ok ? use(found.value) : found;
}

function bytesOf(base64: string): Uint8Array {
	return Buffer.from(base64, 'base64');
}

/** Types into the pane and answers once its terminal has taken it. */
function type<T>(pane: Pane, bytes: Uint8Array, answer: Outcome<T>): Answered<T> {
	const written = pane.write(bytes);
	if (!written.ok) return written;
	return written.value === true ? answer : whenTaken(pane, written.value, answer);
}

async function whenTaken<T>(
	pane: Pane,
	taken: Promise<boolean>,
	answer: Outcome<T>,
): Promise<Outcome<T>> {
	if (await taken) return answer;
	return refuse(
		'pane.ended',
		`the program of ${pane.spec.pane} ended before it read all of it`,
	);
}
