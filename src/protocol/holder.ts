// What a holder understands. Frozen harder than all else: a new supervisor adopts old holders.
// Additions only: new optional fields, new operations. `holderProtocol` is the version range.
import { z } from 'zod';

export const holderProtocol = { min: 1, max: 1 } as const;

const paneName = z.string().min(1).max(128);
const size = { columns: z.int().min(2).max(1000), rows: z.int().min(1).max(1000) };

/** (pid, start time, boot id) is the only identity of a process that a restart can trust. */
export const processIdentity = z.object({
	pid: z.int(),
	startTime: z.string(),
	bootId: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentity>;

/** Polite, patient, firm: each signal waits `graceMs` for the tree to end; KILL comes last. */
export const stopLadder = z.object({
	signals: z
		.array(z.enum(['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGQUIT']))
		.max(4)
		.readonly(),
	graceMs: z.int().min(0).max(60_000),
});
export type StopLadder = z.infer<typeof stopLadder>;

export const spawnRequest = z.object({
	pane: paneName,
	generation: z.int().min(0),
	/** `argv[0]` is looked up on the PATH of `env`. */
	argv: z.array(z.string()).min(1).readonly(),
	cwd: z.string(),
	env: z.record(z.string(), z.string()),
	...size,
	ladder: stopLadder,
	/** Directory for this generation's recording, created 0700; null records nothing. */
	recording: z.string().nullable(),
	/** Secrets that must not reach the recording or a text snapshot. */
	redact: z.array(z.string().min(4).max(4096)).max(512).readonly(),
	/** What stands on the screen before the program says anything: clears nothing. */
	banner: z.string().max(4096).optional(),
	/** Whose pane it is: another journal gives the same names to other panes. */
	owner: z.string().max(64).optional(),
});
export type SpawnRequest = z.infer<typeof spawnRequest>;

export const exitRecord = z.object({
	pane: paneName,
	generation: z.int(),
	code: z.int().nullable(),
	signal: z.string().nullable(),
	/** Whether a stop was asked for before the program ended. */
	stopped: z.boolean(),
	at: z.string(),
	/** Processes of the tree that could not be ended; empty is the promise. */
	survivors: z.array(z.int()).readonly(),
});
export type ExitRecord = z.infer<typeof exitRecord>;

/** A signal that a program gives through its terminal. */
export const terminalSignal = z.discriminatedUnion('kind', [
	/** OSC 7501, Program Status Protocol: one record an id, `id` null is the program itself. */
	z.object({
		kind: z.literal('status'),
		id: z.string().nullable(),
		/** idle, working, blocked, done, error or clear; other words are passed on. */
		state: z.string().nullable(),
		/** The report's own `kind`, given with blocked: permission, question or auth. */
		blocked: z.string().nullable(),
		app: z.string().nullable(),
		title: z.string().nullable(),
		message: z.string().nullable(),
		progress: z.string().nullable(),
	}),
	/** OSC 133: prompt marks; D carries the exit code of the command. */
	z.object({
		kind: z.literal('prompt'),
		mark: z.enum(['A', 'B', 'C', 'D']),
		exitCode: z.int().nullable(),
	}),
	/** OSC 9;4: 0 none, 1 normal, 2 error, 3 busy, 4 paused. */
	z.object({
		kind: z.literal('progress'),
		state: z.int().min(0).max(4),
		percent: z.int().nullable(),
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
		foreground: z.enum(['self', 'other']).nullable(),
	}),
]);
export type TerminalSignal = z.infer<typeof terminalSignal>;

/** How the recording of a pane stands. */
export const recordingStanding = z.object({
	/** Why what is printed now is not recorded, as the system says it; null while it is. */
	trouble: z.string().nullable(),
	/** Bytes of output that could not be recorded. */
	lost: z.int(),
});
export type RecordingStanding = z.infer<typeof recordingStanding>;

export const paneInfo = z.object({
	pane: paneName,
	number: z.int(),
	generation: z.int(),
	process: processIdentity.nullable(),
	columns: z.int(),
	rows: z.int(),
	exit: exitRecord.nullable(),
	paused: z.boolean(),
	stopping: z.boolean(),
	/** The last signal of each kind (of each id for `status`), dropped when the program ends. */
	signals: z.array(terminalSignal).readonly(),
	/** Milliseconds since the program last printed. */
	silentMs: z.number(),
	/** Null where the pane is not recorded; absent from a holder before this field. */
	recording: recordingStanding.nullable().optional(),
	/** As `spawn` was given it. */
	owner: z.string().optional(),
});
export type PaneInfo = z.infer<typeof paneInfo>;

const onPane = z.object({ pane: paneName });
const onGeneration = z.object({ pane: paneName, generation: z.int() });
const nothing = z.object({});
/** The number of a line of scrollback. */
const line = z.int();
/** A cell of one. */
const spot = z.object({ line, column: z.int().min(0) });
/**
 * Lines that left memory are wrapped anew as wide as the pane is. Those in memory keep their numbers, and
 * the ones above are counted upwards from there, also below zero. A holder before this field answers with
 * lines as wide as they were printed, numbered from zero.
 */
const wrapping = { reflow: z.boolean().optional() };

const colour = z.string().regex(/^#[\da-f]{6}$/);

/** The colours of the terminal of who looks on. */
export const terminalColours = z.object({
	foreground: colour,
	background: colour,
	cursor: colour,
	/** The first sixteen, or none of them where they are not known. */
	palette: z.array(colour).max(16).readonly(),
});
export type TerminalColours = z.infer<typeof terminalColours>;

/** Operation -> schema of its request and of its answer. */
export const holderOperations = {
	hello: {
		request: z.object({
			protocol: z.object({ min: z.int(), max: z.int() }),
			token: z.string().max(256),
		}),
		response: z.object({
			protocol: z.int(),
			version: z.string(),
			holder: z.string(),
			process: processIdentity,
		}),
	},
	list: { request: nothing, response: z.object({ panes: z.array(paneInfo).readonly() }) },
	/** Answers once the program runs; refused with `spawn.failed` where it cannot be started. */
	spawn: { request: spawnRequest, response: paneInfo },
	/** What `spawn` was given, environment included, so that a new supervisor can respawn. */
	spec: { request: onPane, response: spawnRequest.nullable() },
	/**
	 * `data` is base64; answers when the pty has taken it. What bears the name `once` is written the
	 * first time only: whoever asks again after a crash does not type twice.
	 */
	write: {
		request: onPane.extend({ data: z.base64(), once: z.string().max(64).optional() }),
		response: nothing,
	},
	/** Writes only if the screen still has this hash; answers whether it did. */
	writeIf: {
		request: onPane.extend({ data: z.base64(), screenHash: z.string() }),
		response: z.object({ written: z.boolean(), screenHash: z.string() }),
	},
	/**
	 * How large the asker shows the pane; hence its size. `used`: somebody is at the asker now. A holder
	 * before this field does not tell who is away.
	 */
	resize: {
		request: onPane.extend(size).extend({ used: z.boolean().optional() }),
		response: nothing,
	},
	/**
	 * Starts the ladder of the spawn request, or the one given; it goes on without the asker. Ends
	 * with `exit`. Asked again it changes nothing, but for a ladder without signals: KILL comes now.
	 */
	stop: {
		request: onGeneration.extend({ ladder: stopLadder.optional() }),
		response: nothing,
	},
	pause: { request: onGeneration, response: nothing },
	resume: { request: onGeneration, response: nothing },
	/**
	 * Rows of the pane on this connection from now on, as many pushes as there is credit.
	 * `top` null follows the live screen.
	 */
	watch: {
		request: onPane.extend({ credit: z.int().min(0).max(64) }),
		response: z.object({ number: z.int() }),
	},
	credit: {
		request: onPane.extend({ credit: z.int().min(1).max(64) }),
		response: nothing,
	},
	unwatch: { request: onPane, response: nothing },
	/** The screen as text lines, with its hash; with `ansi`, SGR sequences from a white list. */
	text: {
		request: onPane.extend({ ansi: z.boolean().optional() }),
		response: z.object({
			lines: z.array(z.string()),
			screenHash: z.string(),
			/** Lines above it at this moment; absent from a holder before this field. */
			scrollback: z.int().optional(),
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
		request: onPane.extend(wrapping).extend({
			from: line,
			count: z.int().min(1).max(2000),
			columns: z.int().min(2).max(1000).optional(),
		}),
		response: z.object({
			from: line,
			total: z.int(),
			dropped: z.int(),
			first: line.optional(),
		}),
	},
	/**
	 * Looks for a plain text in the lines of scrollback, downwards from a cell on or upwards before
	 * it. One answer is about one stretch of lines: without a match, `next` is where to ask on, null
	 * at the end. A holder before this operation refuses it with `request.unknown`.
	 */
	search: {
		request: onPane.extend(wrapping).extend({
			text: z.string().min(1).max(256),
			ignoreCase: z.boolean(),
			direction: z.enum(['up', 'down']),
			from: spot,
		}),
		response: z.object({
			found: spot.nullable(),
			next: spot.nullable(),
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
		request: onPane.extend({
			time: z.int().min(0),
			direction: z.enum(['earlier', 'later']),
		}),
		response: z.object({ time: z.int().nullable() }),
	},
	/**
	 * The nearest line before or after one at which a prompt begins (OSC 133 A), as the recording has
	 * it. Without one, `next` is where to ask on, null at the end. A holder before this operation
	 * refuses it with `request.unknown`.
	 */
	prompt: {
		request: onPane.extend(wrapping).extend({
			line,
			direction: z.enum(['up', 'down']),
			from: z.int().min(0).nullable(),
		}),
		response: z.object({ line: line.nullable(), next: z.int().nullable() }),
	},
	/** Adds to the redaction list of a pane. */
	redact: {
		request: onPane.extend({ secrets: z.array(z.string().min(4).max(4096)).max(512) }),
		response: nothing,
	},
	/** Told to programs that ask for colours (OSC 4, 10, 11, 12), in all panes from now on. */
	colours: { request: terminalColours, response: nothing },
	/** Forgets a pane whose program has ended. */
	collect: { request: onGeneration, response: exitRecord.nullable() },
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
