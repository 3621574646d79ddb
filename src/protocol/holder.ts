// What a holder understands. Frozen harder than all else: a new supervisor adopts old holders.
// Additions only: new optional fields, new operations. `holderProtocol` is the version range.
import * as z from 'zod/mini';

export const holderProtocol = { min: 1, max: 1 } as const;

const paneName = z.string().check(z.minLength(1), z.maxLength(128));
const size = {
	columns: z.int().check(z.minimum(2), z.maximum(1000)),
	rows: z.int().check(z.minimum(1), z.maximum(1000)),
};

/** (pid, start time, boot id) is the only identity of a process that a restart can trust. */
export const processIdentity = z.object({
	pid: z.int(),
	startTime: z.string(),
	bootId: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentity>;

/** Polite, patient, firm: each signal waits `graceMs` for the tree to end; KILL comes last. */
export const stopLadder = z.object({
	signals: z.readonly(
		z.array(z.enum(['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGQUIT'])).check(z.maxLength(4)),
	),
	graceMs: z.int().check(z.minimum(0), z.maximum(60_000)),
});
export type StopLadder = z.infer<typeof stopLadder>;

export const spawnRequest = z.object({
	pane: paneName,
	generation: z.int().check(z.minimum(0)),
	/** `argv[0]` is looked up on the PATH of `env`. */
	argv: z.readonly(z.array(z.string()).check(z.minLength(1))),
	cwd: z.string(),
	env: z.record(z.string(), z.string()),
	...size,
	ladder: stopLadder,
	/** Directory for this generation's recording, created 0700; null records nothing. */
	recording: z.nullable(z.string()),
	/** Secrets that must not reach the recording or a text snapshot. */
	redact: z.readonly(
		z.array(z.string().check(z.minLength(4), z.maxLength(4096))).check(z.maxLength(512)),
	),
	/** What stands on the screen before the program says anything: clears nothing. */
	banner: z.optional(z.string().check(z.maxLength(4096))),
	/** Whose pane it is: another journal gives the same names to other panes. */
	owner: z.optional(z.string().check(z.maxLength(64))),
});
export type SpawnRequest = z.infer<typeof spawnRequest>;

export const exitRecord = z.object({
	pane: paneName,
	generation: z.int(),
	code: z.nullable(z.int()),
	signal: z.nullable(z.string()),
	/** Whether a stop was asked for before the program ended. */
	stopped: z.boolean(),
	at: z.string(),
	/** Processes of the tree that could not be ended; empty is the promise. */
	survivors: z.readonly(z.array(z.int())),
});
export type ExitRecord = z.infer<typeof exitRecord>;

/** A signal that a program gives through its terminal. */
export const terminalSignal = z.discriminatedUnion('kind', [
	/** OSC 7501, Program Status Protocol: one record an id, `id` null is the program itself. */
	z.object({
		kind: z.literal('status'),
		id: z.nullable(z.string()),
		/** idle, working, blocked, done, error or clear; other words are passed on. */
		state: z.nullable(z.string()),
		/** The report's own `kind`, given with blocked: permission, question or auth. */
		blocked: z.nullable(z.string()),
		app: z.nullable(z.string()),
		title: z.nullable(z.string()),
		message: z.nullable(z.string()),
		progress: z.nullable(z.string()),
	}),
	/** OSC 133: prompt marks; D carries the exit code of the command. */
	z.object({
		kind: z.literal('prompt'),
		mark: z.enum(['A', 'B', 'C', 'D']),
		exitCode: z.nullable(z.int()),
	}),
	/** OSC 9;4: 0 none, 1 normal, 2 error, 3 busy, 4 paused. */
	z.object({
		kind: z.literal('progress'),
		state: z.int().check(z.minimum(0), z.maximum(4)),
		percent: z.nullable(z.int()),
	}),
	z.object({ kind: z.literal('title'), title: z.string() }),
	z.object({ kind: z.literal('bell') }),
	/** OSC 9, 99, 777. */
	z.object({ kind: z.literal('notification'), title: z.string(), body: z.string() }),
	/** OSC 7. */
	z.object({ kind: z.literal('directory'), path: z.string() }),
	/**
	 * Output began after silence, or 2 s of silence followed it: at most one a second a pane.
	 * `foreground` says who holds the terminal's foreground: the spawned program itself (a shell
	 * at its prompt), another process of its tree, or null where the machine does not tell.
	 */
	z.object({
		kind: z.literal('activity'),
		active: z.boolean(),
		foreground: z.nullable(z.enum(['self', 'other'])),
	}),
]);
export type TerminalSignal = z.infer<typeof terminalSignal>;

/** How the recording of a pane stands. */
export const recordingStanding = z.object({
	/** Why what is printed now is not recorded, as the system says it; null while it is. */
	trouble: z.nullable(z.string()),
	/** Bytes of output that could not be recorded. */
	lost: z.int(),
});
export type RecordingStanding = z.infer<typeof recordingStanding>;

export const paneInfo = z.object({
	pane: paneName,
	number: z.int(),
	generation: z.int(),
	process: z.nullable(processIdentity),
	columns: z.int(),
	rows: z.int(),
	exit: z.nullable(exitRecord),
	paused: z.boolean(),
	stopping: z.boolean(),
	/** The last signal of each kind (of each id for `status`), dropped when the program ends. */
	signals: z.readonly(z.array(terminalSignal)),
	/** Milliseconds since the program last printed. */
	silentMs: z.number(),
	/** Null where the pane is not recorded; absent from a holder before this field. */
	recording: z.optional(z.nullable(recordingStanding)),
	/** As `spawn` was given it. */
	owner: z.optional(z.string()),
});
export type PaneInfo = z.infer<typeof paneInfo>;

const pane = { pane: paneName };
const generation = { ...pane, generation: z.int() };
const onPane = z.object(pane);
const onGeneration = z.object(generation);
const nothing = z.object({});
/** The number of a line of scrollback. */
const line = z.int();
/** A cell of one. */
const spot = z.object({ line, column: z.int().check(z.minimum(0)) });
/**
 * Lines that left memory are wrapped anew as wide as the pane is. Those in memory keep their numbers, and
 * the ones above are counted upwards from there, also below zero. A holder before this field answers with
 * lines as wide as they were printed, numbered from zero.
 */
const wrapping = { reflow: z.optional(z.boolean()) };

const colour = z.string().check(z.regex(/^#[\da-f]{6}$/));

/** The colours of the terminal of who looks on. */
export const terminalColours = z.object({
	foreground: colour,
	background: colour,
	cursor: colour,
	/** The first sixteen, or none of them where they are not known. */
	palette: z.readonly(z.array(colour).check(z.maxLength(16))),
});
export type TerminalColours = z.infer<typeof terminalColours>;

/** Operation -> schema of its request and of its answer. */
export const holderOperations = {
	hello: {
		request: z.object({
			protocol: z.object({ min: z.int(), max: z.int() }),
			token: z.string().check(z.maxLength(256)),
		}),
		response: z.object({
			protocol: z.int(),
			version: z.string(),
			holder: z.string(),
			process: processIdentity,
			/** It takes `input` frames; absent from a holder before them. */
			input: z.optional(z.boolean()),
		}),
	},
	list: {
		request: nothing,
		response: z.object({ panes: z.readonly(z.array(paneInfo)) }),
	},
	/** Answers once the program runs; refused with `spawn.failed` where it cannot be started. */
	spawn: { request: spawnRequest, response: paneInfo },
	/** What `spawn` was given, environment included, so that a new supervisor can respawn. */
	spec: { request: onPane, response: z.nullable(spawnRequest) },
	/**
	 * `data` is base64; answers when the pty has taken it. What bears the name `once` is written the
	 * first time only: whoever asks again after a crash does not type twice.
	 */
	write: {
		request: z.object({
			...pane,
			data: z.base64(),
			once: z.optional(z.string().check(z.maxLength(64))),
		}),
		response: nothing,
	},
	/** Writes only if the screen still has this hash; answers whether it did. */
	writeIf: {
		request: z.object({ ...pane, data: z.base64(), screenHash: z.string() }),
		response: z.object({ written: z.boolean(), screenHash: z.string() }),
	},
	/**
	 * How large the asker shows the pane; hence its size. `used`: somebody is at the asker now. A holder
	 * before this field does not tell who is away.
	 */
	resize: {
		request: z.object({ ...pane, ...size, used: z.optional(z.boolean()) }),
		response: nothing,
	},
	/**
	 * Starts the ladder of the spawn request, or the one given; it goes on without the asker. Ends
	 * with `exit`. Asked again it changes nothing, but for a ladder without signals: KILL comes now.
	 */
	stop: {
		request: z.object({ ...generation, ladder: z.optional(stopLadder) }),
		response: nothing,
	},
	pause: { request: onGeneration, response: nothing },
	resume: { request: onGeneration, response: nothing },
	/**
	 * Rows of the pane on this connection from now on, as many pushes as there is credit.
	 * `top` null follows the live screen.
	 */
	watch: {
		request: z.object({ ...pane, credit: z.int().check(z.minimum(0), z.maximum(64)) }),
		response: z.object({ number: z.int() }),
	},
	credit: {
		request: z.object({ ...pane, credit: z.int().check(z.minimum(1), z.maximum(64)) }),
		response: nothing,
	},
	unwatch: { request: onPane, response: nothing },
	/** The screen as text lines, with its hash; with `ansi`, SGR sequences from a white list. */
	text: {
		request: z.object({ ...pane, ansi: z.optional(z.boolean()) }),
		response: z.object({
			lines: z.array(z.string()),
			screenHash: z.string(),
			/** Lines above it at this moment; absent from a holder before this field. */
			scrollback: z.optional(z.int()),
			/** Its program takes a paste between marks (mode 2004); absent from a holder before this field. */
			pastes: z.optional(z.boolean()),
		}),
	},
	/**
	 * Lines of scrollback, the oldest line is 0. The rows come ahead of the answer in a `bytes`
	 * frame of the request's id, as a `rows` frame carries them, and count from the answer's
	 * `from`. Lines that are no longer kept are left out, and those over the limit of a frame:
	 * whoever got fewer asks on. `dropped` counts the lines that are no longer kept, `first` is the
	 * number of the first one that is, where the recording was asked: of lines that are wrapped anew a
	 * guess, until one of the first is asked for.
	 */
	history: {
		request: z.object({
			...pane,
			...wrapping,
			from: line,
			count: z.int().check(z.minimum(1), z.maximum(2000)),
			columns: z.optional(z.int().check(z.minimum(2), z.maximum(1000))),
		}),
		response: z.object({
			from: line,
			total: z.int(),
			dropped: z.int(),
			first: z.optional(line),
		}),
	},
	/**
	 * Looks for a plain text in the lines of scrollback, downwards from a cell on or upwards before
	 * it. One answer is about one stretch of lines: without a match, `next` is where to ask on, null
	 * at the end. A holder before this operation refuses it with `request.unknown`.
	 */
	search: {
		request: z.object({
			...pane,
			...wrapping,
			text: z.string().check(z.minLength(1), z.maxLength(256)),
			ignoreCase: z.boolean(),
			direction: z.enum(['up', 'down']),
			from: spot,
		}),
		response: z.object({
			found: z.nullable(spot),
			next: z.nullable(spot),
			total: z.int(),
			dropped: z.int(),
		}),
	},
	/**
	 * The pane's screen as its recording has it, at the nearest time before or after `time` at which
	 * it looked different; `time` null where nothing is recorded there. The rows come as those of
	 * `history` do. A holder before this operation refuses it with `request.unknown`.
	 */
	screen: {
		request: z.object({
			...pane,
			time: z.int().check(z.minimum(0)),
			direction: z.enum(['earlier', 'later']),
		}),
		response: z.object({ time: z.nullable(z.int()) }),
	},
	/**
	 * The nearest line before or after one at which a prompt begins (OSC 133 A), as the recording has
	 * it. Without one, `next` is where to ask on, null at the end. A holder before this operation
	 * refuses it with `request.unknown`.
	 */
	prompt: {
		request: z.object({
			...pane,
			...wrapping,
			line,
			direction: z.enum(['up', 'down']),
			from: z.nullable(z.int().check(z.minimum(0))),
		}),
		response: z.object({ line: z.nullable(line), next: z.nullable(z.int()) }),
	},
	/** Adds to the redaction list of a pane. */
	redact: {
		request: z.object({
			...pane,
			secrets: z
				.array(z.string().check(z.minLength(4), z.maxLength(4096)))
				.check(z.maxLength(512)),
		}),
		response: nothing,
	},
	/** Told to programs that ask for colours (OSC 4, 10, 11, 12), in all panes from now on. */
	colours: { request: terminalColours, response: nothing },
	/** Forgets a pane whose program has ended. */
	collect: { request: onGeneration, response: z.nullable(exitRecord) },
	/**
	 * Where the files of the holder are. It follows its folders by itself where they are moved; a move to
	 * another file system makes others. A holder before this operation refuses it with
	 * `request.unknown`.
	 */
	places: {
		request: z.object({
			record: z.string(),
			exits: z.string(),
			recordings: z.readonly(
				z.array(z.object({ pane: paneName, generation: z.int(), folder: z.string() })),
			),
		}),
		response: nothing,
	},
	/** Takes no new pane; ends when the last one is collected. */
	drain: { request: nothing, response: nothing },
	/** Ends every program by its ladder, then the holder. */
	shutdown: { request: nothing, response: nothing },
} as const;
export type HolderOperation = keyof typeof holderOperations;
export type HolderRequest<O extends HolderOperation> = z.infer<
	(typeof holderOperations)[O]['request']
>;
export type HolderResponse<O extends HolderOperation> = z.infer<
	(typeof holderOperations)[O]['response']
>;

/** What a holder says unasked. Every connection that said hello hears all of it. */
export const holderPush = z.discriminatedUnion('push', [
	z.object({
		push: z.literal('signal'),
		pane: paneName,
		generation: z.int(),
		signal: terminalSignal,
	}),
	z.object({ push: z.literal('exit'), exit: exitRecord }),
	z.object({
		push: z.literal('stopping'),
		pane: paneName,
		generation: z.int(),
		/** The signal just sent and how many processes of the tree still live. */
		sent: z.string(),
		living: z.int(),
	}),
	z.object({
		push: z.literal('resized'),
		pane: paneName,
		columns: z.int(),
		rows: z.int(),
	}),
	/** It cannot be recorded any longer, or can again; while it cannot, also what is lost by now. */
	z.object({
		push: z.literal('recording'),
		pane: paneName,
		generation: z.int(),
		recording: recordingStanding,
	}),
]);
export type HolderPush = z.infer<typeof holderPush>;

/** The file by which a holder is found again: `<common dir>/weir/holders/<id>.json`, 0600. */
export const holderRecord = z.object({
	id: z.string(),
	socket: z.string(),
	token: z.string(),
	process: processIdentity,
	protocol: z.object({ min: z.int(), max: z.int() }),
	version: z.string(),
	since: z.string(),
});
export type HolderRecord = z.infer<typeof holderRecord>;
