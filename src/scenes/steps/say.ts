import { whileShowing } from '../../page/activity.ts';
import { blocksOfMessage } from '../../page/markdown.ts';
import type { StepBody } from '../scene.ts';
import type { Stage } from '../stage.ts';

/** Characters a scene second: about as fast as models stream. */
const pace = 95;
/** Real seconds between two writes; shorter ones would only cost. */
const tick = 0.045;
/** Beyond speed 1 the text comes smoother, not only in larger pieces. */
const fastTick = 0.02;

/** Streams a message onto the page; an interrupt leaves it as far as it came. */
export async function say(text: StepBody<'say'>, stage: Stage): Promise<void> {
	const { page, clock, random, interrupt } = stage;
	const blocks = blocksOfMessage(text);
	const step = clock.speed > 1 ? fastTick : tick;
	try {
		for (let shown = 0; shown < text.length; ) {
			page.grow(blocks, shown / text.length);
			const pause = step * clock.speed * random.jitter(0.6);
			await clock.sleep(pause, interrupt);
			shown += Math.max(1, Math.round(pace * pause));
		}
		page.grow(blocks, 1);
	} finally {
		page.stopGrowing();
	}
}

export async function think(body: StepBody<'think'>, stage: Stage): Promise<void> {
	const { seconds, about } =
		typeof body === 'number' ? { seconds: body, about: undefined } : body;
	const label = about ?? stage.random.pick(musings);
	const length = seconds * stage.random.jitter(0.15);
	await whileShowing(stage, label, () => stage.clock.sleep(length, stage.interrupt));
}

const musings = [
	'Thinking',
	'Reading on',
	'Weighing it up',
	'Comparing notes',
	'Tracing the calls',
	'Turning it over',
	'Looking closer',
] as const;

/** Nothing at all: what a program looks like that hangs. */
export async function wait(seconds: StepBody<'wait'>, stage: Stage): Promise<void> {
	await stage.clock.sleep(seconds, stage.interrupt);
}
