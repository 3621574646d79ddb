// The format of a scene file: what a scripted agent says and does, step by step. `docs/scenes.md`
// is its reference.
import { z } from 'zod';

const prose = z.string().min(1).max(20_000);
const line = z.string().min(1).max(500);
/** Seconds of the scene's own clock, which `speed` makes faster or slower. */
const seconds = z.number().min(0).max(86_400);
const argv = z.array(z.string().max(20_000)).min(1).max(64).readonly();
const pattern = z.string().min(1).max(200).refine(isPattern, 'is no regular expression');
const innerPath = line.refine(
	isInnerPath,
	'must be a relative path that stays inside the folder the scene plays in',
);

/** Signals that a program may decide not to hear. */
export const deafTo = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;
const crashSignals = ['SIGSEGV', 'SIGABRT', 'SIGKILL', 'SIGBUS', 'SIGTERM'] as const;

const generation = z.int().min(1).max(1_000_000);
const when = z.strictObject({
	generation: z.union([
		generation,
		z.strictObject({
			from: generation.exactOptional(),
			to: generation.exactOptional(),
		}),
	]),
});
export type When = z.infer<typeof when>;

const thinkStep = z.union([
	seconds,
	z.strictObject({ seconds, about: line.exactOptional() }),
]);

const editStep = z
	.strictObject({
		file: innerPath,
		/** The whole new text of the file. */
		content: z.string().max(200_000).exactOptional(),
		/** Puts `with` in the place of the first `find`. */
		replace: z
			.strictObject({ find: z.string().min(1), with: z.string() })
			.exactOptional(),
		/** A unified diff of this one file. */
		patch: z.string().min(1).max(200_000).exactOptional(),
		remove: z.literal(true).exactOptional(),
	})
	.refine(
		({ content, replace, patch, remove }) =>
			exactlyOne([content, replace, patch, remove]),
		'needs exactly one of content, replace, patch, remove',
	);

const commitStep = z.union([
	prose,
	z.strictObject({ message: prose, paths: z.array(innerPath).min(1).readonly() }),
]);

const crashStep = z
	.strictObject({
		exit: z.int().min(1).max(255).exactOptional(),
		signal: z.enum(crashSignals).exactOptional(),
		/** What the program seems to fall over. */
		message: line.exactOptional(),
	})
	.refine(
		({ exit, signal }) => exactlyOne([exit, signal]),
		'needs either exit or signal',
	);

const floodStep = z
	.strictObject({
		megabytes: z.number().positive().max(1000).exactOptional(),
		seconds: seconds.exactOptional(),
	})
	.refine(
		({ megabytes, seconds }) => exactlyOne([megabytes, seconds]),
		'needs either megabytes or seconds',
	);

const statusStep = z.strictObject({
	state: z.enum(['idle', 'working', 'blocked', 'done', 'error', 'clear']),
	kind: z.enum(['permission', 'question', 'auth']).exactOptional(),
	message: line.exactOptional(),
	/** Names a record beside the program's own, such as one of a helper it started. */
	id: z
		.string()
		.regex(/^[a-zA-Z0-9._-]{1,64}$/, 'takes letters, digits, dot, dash, underscore')
		.exactOptional(),
	title: line.exactOptional(),
	progress: z.int().min(0).max(100).exactOptional(),
});

const childStep = z.strictObject({
	argv,
	/** In a session of its own, as a daemon would be; true unless said otherwise. */
	session: z.boolean().exactOptional(),
	/** Started through `nohup`, so that it does not hear SIGHUP. */
	nohup: z.boolean().exactOptional(),
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
	options: z.array(line).max(9).readonly().exactOptional(),
	answers: z.array(reply).max(20).readonly().exactOptional(),
	get otherwise() {
		return z.array(step).optional();
	},
	/** The answer taken when nobody gave one in time. */
	unanswered: z
		.strictObject({ after: seconds, answer: z.string().max(500) })
		.exactOptional(),
});

const approveStep = z.strictObject({
	action: line,
	why: line.exactOptional(),
	get yes() {
		return z.array(step).optional();
	},
	get no() {
		return z.array(step).optional();
	},
	unanswered: z
		.strictObject({ after: seconds, answer: z.enum(['yes', 'no']) })
		.exactOptional(),
});

const runStep = z.union([
	argv,
	z.strictObject({
		argv,
		/** Which end the scene expects; another one fails the scene. `pass` unless said. */
		expect: z.enum(['pass', 'fail', 'any']).exactOptional(),
		/** Steps for an end that was not expected, instead of failing the scene. */
		get otherwise() {
			return z.array(step).optional();
		},
		/** Only lines of output that match stay on the page. */
		keep: pattern.exactOptional(),
		/** How many lines of output stay on the page at most. */
		show: z.int().min(1).max(1000).exactOptional(),
		/** Real seconds until the command is ended. */
		timeout: z.number().positive().max(86_400).exactOptional(),
	}),
]);

const loopStep = z.strictObject({
	/** Without it the loop never ends. */
	times: z.int().min(1).max(1_000_000).exactOptional(),
	get do() {
		return steps;
	},
});

const idleStep = z.strictObject({
	replies: z.array(reply).max(50).readonly().exactOptional(),
	get otherwise() {
		return z.array(step).optional();
	},
});

const step = z.strictObject({
	when: when.exactOptional(),
	say: prose.exactOptional(),
	think: thinkStep.exactOptional(),
	wait: seconds.exactOptional(),
	edit: editStep.exactOptional(),
	commit: commitStep.exactOptional(),
	crash: crashStep.exactOptional(),
	flood: floodStep.exactOptional(),
	ignore: z.array(z.enum(deafTo)).readonly().exactOptional(),
	status: statusStep.exactOptional(),
	title: line.exactOptional(),
	bell: z.literal(true).exactOptional(),
	'spawn-child': childStep.exactOptional(),
	exit: z.int().min(0).max(255).exactOptional(),
	get run() {
		return runStep.exactOptional();
	},
	get ask() {
		return askStep.exactOptional();
	},
	get approve() {
		return approveStep.exactOptional();
	},
	get loop() {
		return loopStep.exactOptional();
	},
	get 'wait-forever'() {
		return idleStep.exactOptional();
	},
});

const steps = z.array(step).readonly();

export const sceneSchema = z.strictObject({
	/** The name of the scene, shown at its head. */
	scene: z.string().min(1).max(64),
	/** What the program calls itself in its status reports. */
	app: z.string().min(1).max(40).exactOptional(),
	speed: z.number().positive().max(1000).exactOptional(),
	seed: z.int().min(0).exactOptional(),
	/** Said first by every generation but the first. */
	resume: prose.exactOptional(),
	/** `manual` leaves the status reports to the status steps. */
	status: z.enum(['auto', 'manual']).exactOptional(),
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
