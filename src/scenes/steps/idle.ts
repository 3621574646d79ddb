import { note } from '../../page/tool-blocks.ts';
import { Departure } from '../departure.ts';
import type { StepBody } from '../scene.ts';
import type { Stage } from '../stage.ts';
import { echo } from './ask.ts';
import { say } from './say.ts';

/** Waits at the prompt for as long as it takes and answers what is typed there. */
export async function waitForever(
	body: StepBody<'wait-forever'>,
	stage: Stage,
): Promise<void> {
	const { input, report, footer } = stage;
	report.observe({ state: 'done' });
	if (stage.exitAtEnd) throw new Departure(0);
	// Someone has looked: finished becomes merely idle.
	const stop = input.touched.on(() => report.observe({ state: 'idle' }));
	let leaving = false;
	try {
		for (;;) {
			footer.hint = leaving ? 'Ctrl-C again leaves' : undefined;
			const line = await input.readPrompt(stage.interrupt);
			if (line.kind === 'end') throw new Departure(0);
			if (line.kind === 'cancel') {
				if (leaving) throw new Departure(130);
				leaving = true;
				continue;
			}
			leaving = false;
			const text = line.text.trim();
			if (text !== '') await reply(text, body, stage);
		}
	} finally {
		stop();
		footer.hint = undefined;
	}
}

/**
 * What follows an interrupt: the person carries on (the step is played again), skips the step, or
 * leaves with a second Ctrl-C.
 */
export async function afterInterrupt(stage: Stage): Promise<'again' | 'skip'> {
	const { page, input, report, footer } = stage;
	page.add(note('interrupted', 'warn'));
	report.observe({ state: 'idle' });
	footer.hint = 'Enter goes on · skip leaves this step out · Ctrl-C leaves';
	try {
		const line = await input.readPrompt(new AbortController().signal);
		if (line.kind !== 'line') throw new Departure(130);
		const text = line.text.trim();
		if (text !== '') echo(stage, text);
		if (isFarewell(text)) throw new Departure(0);
		return /^skip\b/i.test(text) ? 'skip' : 'again';
	} finally {
		footer.hint = undefined;
	}
}

async function reply(
	text: string,
	body: StepBody<'wait-forever'>,
	stage: Stage,
): Promise<void> {
	echo(stage, text);
	if (isFarewell(text)) throw new Departure(0);
	stage.answered(text);
	stage.report.observe({ state: 'working' });
	const fitting = body.replies?.find(({ match }) => new RegExp(match, 'iu').test(text));
	const steps = fitting?.do ?? body.otherwise;
	if (steps) await stage.play(steps);
	else await say(stage.random.pick(excuses), stage);
	stage.report.observe({ state: 'done' });
}

function isFarewell(text: string): boolean {
	return /^\/?(?:exit|quit)$/i.test(text);
}

const excuses = [
	'I only play a scene, and it has no answer to that. My part of the work is committed.',
	'That is not in my script. What I did is in the last commit; `exit` ends me.',
	'A real agent would take that up. I am a scripted one, and my scene ends here.',
] as const;
