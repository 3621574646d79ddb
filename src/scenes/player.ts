// Plays the steps of a scene one after the other and lets the person interrupt each of them.
import { Departure } from './departure.ts';
import { fill } from './placeholders.ts';
import { kindOf, type Step, type StepBody, type StepKind, type When } from './scene.ts';
import type { Stage } from './stage.ts';
import { approve, ask } from './steps/ask.ts';
import { edit } from './steps/edit.ts';
import { afterInterrupt, waitForever } from './steps/idle.ts';
import { commit, run, spawnChild } from './steps/run.ts';
import { say, think, wait } from './steps/say.ts';
import { crash, flood, ignore } from './steps/trouble.ts';

type Performers = {
	readonly [K in StepKind]: (body: StepBody<K>, stage: Stage) => Promise<void>;
};

const performers: Performers = {
	say,
	think,
	wait,
	ask,
	approve,
	edit,
	run,
	commit,
	crash,
	flood,
	ignore,
	'spawn-child': spawnChild,
	'wait-forever': waitForever,
	status: async (body, stage) => stage.report.send(body),
	title: async (text, stage) => stage.report.title(text),
	bell: async (_body, stage) => stage.report.bell(),
	exit: async (code) => {
		throw new Departure(code);
	},
	loop: async ({ times = Infinity, do: steps }, stage) => {
		for (let turn = 0; turn < times; turn += 1) {
			await stage.play(steps);
			// A loop of steps that take no time must still let keys and signals in.
			await new Promise((go) => setImmediate(go));
		}
	},
};

/** Steps that do not mean the program is at work. */
const still = new Set<StepKind>([
	'ask',
	'approve',
	'wait-forever',
	'status',
	'title',
	'bell',
	'ignore',
	'exit',
	'loop',
]);

export async function playSteps(
	steps: readonly Step[],
	stage: Omit<Stage, 'play' | 'interrupt'>,
) {
	for (const step of steps) {
		if (!applies(step.when, stage.generation)) continue;
		await playStep(step, stage);
	}
}

/** Whether a step is meant for this incarnation of the agent. */
export function applies(when: When | undefined, generation: number): boolean {
	if (!when) return true;
	const wanted = when.generation;
	if (typeof wanted === 'number') return wanted === generation;
	return generation >= (wanted.from ?? 1) && generation <= (wanted.to ?? Infinity);
}

async function playStep(
	step: Step,
	outer: Omit<Stage, 'play' | 'interrupt'>,
): Promise<void> {
	const kind = kindOf(step);
	for (;;) {
		const interrupt = new AbortController();
		const release = outer.input.interruptible(interrupt);
		const stage: Stage = {
			...outer,
			interrupt: interrupt.signal,
			play: (steps) => playSteps(steps, outer),
		};
		try {
			if (!still.has(kind)) stage.report.observe({ state: 'working' });
			await perform(kind, step, stage);
			return;
		} catch (error) {
			if (error instanceof Departure || !interrupt.signal.aborted) throw error;
		} finally {
			release();
		}
		const next = await afterInterrupt({
			...stage,
			interrupt: new AbortController().signal,
		});
		if (next === 'skip') return;
	}
}

async function perform<K extends StepKind>(
	kind: K,
	step: Pick<Step, K>,
	stage: Stage,
): Promise<void> {
	const body = step[kind];
	if (body !== undefined) await performers[kind](fill(body, stage.values()), stage);
}
