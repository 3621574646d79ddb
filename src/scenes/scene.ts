// The format of a scene file: what a scripted agent says and does, step by step. `docs/scenes.md`
// is its reference.
import * as z from 'zod/mini';

const prose = z.string().check(z.minLength(1), z.maxLength(20_000));
const line = z.string().check(z.minLength(1), z.maxLength(500));
/** Seconds of the scene's own clock, which `speed` makes faster or slower. */
const seconds = z.number().check(z.minimum(0), z.maximum(86_400));
const argv = z.readonly(
	z.array(z.string().check(z.maxLength(20_000))).check(z.minLength(1), z.maxLength(64)),
);
const pattern = z
	.string()
	.check(
		z.minLength(1),
		z.maxLength(200),
		z.refine(isPattern, 'is no regular expression'),
	);
const innerPath = line.check(
	z.refine(
		isInnerPath,
		'must be a relative path that stays inside the folder the scene plays in',
	),
);

/** Signals that a program may decide not to hear. */
export const deafTo = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;
const crashSignals = ['SIGSEGV', 'SIGABRT', 'SIGKILL', 'SIGBUS', 'SIGTERM'] as const;

const generation = z.int().check(z.minimum(1), z.maximum(1_000_000));
const when = z.strictObject({
	generation: z.union([
		generation,
		z.strictObject({
			from: z.exactOptional(generation),
			to: z.exactOptional(generation),
		}),
	]),
});
export type When = z.infer<typeof when>;

const thinkStep = z.union([
	seconds,
	z.strictObject({ seconds, about: z.exactOptional(line) }),
]);

const editStep = z
	.strictObject({
		file: innerPath,
		/** The whole new text of the file. */
		content: z.exactOptional(z.string().check(z.maxLength(200_000))),
		/** Puts `with` in the place of the first `find`. */
		replace: z.exactOptional(
			z.strictObject({ find: z.string().check(z.minLength(1)), with: z.string() }),
		),
		/** A unified diff of this one file. */
		patch: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(200_000))),
		remove: z.exactOptional(z.literal(true)),
	})
	.check(
		z.refine(
			({ content, replace, patch, remove }) =>
				exactlyOne([content, replace, patch, remove]),
			'needs exactly one of content, replace, patch, remove',
		),
	);

const commitStep = z.union([
	prose,
	z.strictObject({
		message: prose,
		paths: z.readonly(z.array(innerPath).check(z.minLength(1))),
	}),
]);

const crashStep = z
	.strictObject({
		exit: z.exactOptional(z.int().check(z.minimum(1), z.maximum(255))),
		signal: z.exactOptional(z.enum(crashSignals)),
		/** What the program seems to fall over. */
		message: z.exactOptional(line),
	})
	.check(
		z.refine(
			({ exit, signal }) => exactlyOne([exit, signal]),
			'needs either exit or signal',
		),
	);

const floodStep = z
	.strictObject({
		megabytes: z.exactOptional(z.number().check(z.positive(), z.maximum(1000))),
		seconds: z.exactOptional(seconds),
	})
	.check(
		z.refine(
			({ megabytes, seconds }) => exactlyOne([megabytes, seconds]),
			'needs either megabytes or seconds',
		),
	);

const statusStep = z.strictObject({
	state: z.enum(['idle', 'working', 'blocked', 'done', 'error', 'clear']),
	kind: z.exactOptional(z.enum(['permission', 'question', 'auth'])),
	message: z.exactOptional(line),
	/** Names a record beside the program's own, such as one of a helper it started. */
	id: z.exactOptional(
		z
			.string()
			.check(
				z.regex(/^[a-zA-Z0-9._-]{1,64}$/, 'takes letters, digits, dot, dash, underscore'),
			),
	),
	title: z.exactOptional(line),
	progress: z.exactOptional(z.int().check(z.minimum(0), z.maximum(100))),
});

const childStep = z.strictObject({
	argv,
	/** In a session of its own, as a daemon would be; true unless said otherwise. */
	session: z.exactOptional(z.boolean()),
	/** Started through `nohup`, so that it does not hear SIGHUP. */
	nohup: z.exactOptional(z.boolean()),
});

// The recursive parts go through getters, so that their types can be inferred.
const reply = z.strictObject({
	match: pattern,
	get do() {
		return steps;
	},
});

const askStep = z.strictObject({
	question: prose,
	options: z.exactOptional(z.readonly(z.array(line).check(z.maxLength(9)))),
	/** Asked by `weir ask` where weir runs the scene: the answer comes from the inbox. */
	inbox: z.exactOptional(z.literal(true)),
	answers: z.exactOptional(z.readonly(z.array(reply).check(z.maxLength(20)))),
	get otherwise() {
		return z.optional(z.array(step));
	},
	/** The answer taken when nobody gave one in time. */
	unanswered: z.exactOptional(
		z.strictObject({ after: seconds, answer: z.string().check(z.maxLength(500)) }),
	),
});

const approveStep = z.strictObject({
	action: line,
	why: z.exactOptional(line),
	get yes() {
		return z.optional(z.array(step));
	},
	get no() {
		return z.optional(z.array(step));
	},
	unanswered: z.exactOptional(
		z.strictObject({ after: seconds, answer: z.enum(['yes', 'no']) }),
	),
});

const runStep = z.union([
	argv,
	z.strictObject({
		argv,
		/** Which end the scene expects; another one fails the scene. `pass` unless said. */
		expect: z.exactOptional(z.enum(['pass', 'fail', 'any'])),
		/** Steps for an end that was not expected, instead of failing the scene. */
		get otherwise() {
			return z.optional(z.array(step));
		},
		/** Only lines of output that match stay on the page. */
		keep: z.exactOptional(pattern),
		/** How many lines of output stay on the page at most. */
		show: z.exactOptional(z.int().check(z.minimum(1), z.maximum(1000))),
		/** Real seconds until the command is ended. */
		timeout: z.exactOptional(z.number().check(z.positive(), z.maximum(86_400))),
	}),
]);

const loopStep = z.strictObject({
	/** Without it the loop never ends. */
	times: z.exactOptional(z.int().check(z.minimum(1), z.maximum(1_000_000))),
	get do() {
		return steps;
	},
});

const idleStep = z.strictObject({
	replies: z.exactOptional(z.readonly(z.array(reply).check(z.maxLength(50)))),
	get otherwise() {
		return z.optional(z.array(step));
	},
});

const step = z.strictObject({
	when: z.exactOptional(when),
	say: z.exactOptional(prose),
	think: z.exactOptional(thinkStep),
	wait: z.exactOptional(seconds),
	edit: z.exactOptional(editStep),
	commit: z.exactOptional(commitStep),
	crash: z.exactOptional(crashStep),
	flood: z.exactOptional(floodStep),
	ignore: z.exactOptional(z.readonly(z.array(z.enum(deafTo)))),
	status: z.exactOptional(statusStep),
	title: z.exactOptional(line),
	bell: z.exactOptional(z.literal(true)),
	'spawn-child': z.exactOptional(childStep),
	exit: z.exactOptional(z.int().check(z.minimum(0), z.maximum(255))),
	get run() {
		return z.exactOptional(runStep);
	},
	get ask() {
		return z.exactOptional(askStep);
	},
	get approve() {
		return z.exactOptional(approveStep);
	},
	get loop() {
		return z.exactOptional(loopStep);
	},
	get 'wait-forever'() {
		return z.exactOptional(idleStep);
	},
});

const steps = z.readonly(z.array(step));

export const sceneSchema = z.strictObject({
	/** The name of the scene, shown at its head. */
	scene: z.string().check(z.minLength(1), z.maxLength(64)),
	/** What the program calls itself in its status reports. */
	app: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(40))),
	speed: z.exactOptional(z.number().check(z.positive(), z.maximum(1000))),
	seed: z.exactOptional(z.int().check(z.minimum(0))),
	/** Said first by every generation but the first. */
	resume: z.exactOptional(prose),
	/** `manual` leaves the status reports to the status steps. */
	status: z.exactOptional(z.enum(['auto', 'manual'])),
	steps,
});

export type Scene = z.infer<typeof sceneSchema>;
export type Step = z.infer<typeof step>;
export type StepKind = Exclude<keyof Step, 'when'>;
export type StepBody<K extends StepKind> = NonNullable<Step[K]>;

export const stepKinds = Object.keys(step.shape).filter(
	(key): key is StepKind => key !== 'when',
);

/** The deed of a step that has passed `sceneFaults`. */
export function kindOf(step: Step): StepKind {
	const kind = stepKinds.find((key) => step[key] !== undefined);
	if (!kind) throw new Error('a step without a deed was played');
	return kind;
}

function exactlyOne(values: readonly unknown[]): boolean {
	return values.filter((value) => value !== undefined).length === 1;
}

function isPattern(text: string): boolean {
	try {
		return new RegExp(text, 'iu').source !== '';
	} catch {
		// The constructor's complaint is the answer: this is no regular expression.
		return false;
	}
}

function isInnerPath(path: string): boolean {
	return (
		!path.startsWith('/') &&
		!path.includes('\0') &&
		path.split('/').every((part) => part !== '..' && part !== '.git')
	);
}
