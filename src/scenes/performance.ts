// One performance: puts the parts together on this terminal and takes them down again, whatever
// ends it.
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../lib/error-words.ts';
import { Lifetime } from '../lib/lifetime.ts';
import { FooterLines } from '../page/footer.ts';
import { Input } from '../page/input.ts';
import { Page } from '../page/page.ts';
import { exitCodeOf, Signals } from '../page/signals.ts';
import { StatusReport } from '../page/status-report.ts';
import { span } from '../page/styled-text.ts';
import { openTerminal } from '../page/terminal-session.ts';
import { note } from '../page/tool-blocks.ts';
import { SceneClock } from './clock.ts';
import { Departure, SceneFailure } from './departure.ts';
import { playSteps } from './player.ts';
import { Random } from './random.ts';
import type { Scene, Step } from './scene.ts';
import type { Stage } from './stage.ts';

export interface Terms {
	readonly speed: number;
	readonly seed: number;
	readonly generation: number;
	readonly exitAtEnd: boolean;
}

/** Resolves with the exit code once the terminal is as it was before. */
export async function perform(scene: Scene, terms: Terms): Promise<number> {
	const lifetime = new Lifetime();
	const over = Promise.withResolvers<Departure>();
	const leave = (departure: Departure) => over.resolve(departure);
	const terminal = lifetime.add(openTerminal(() => leave(new Departure(129))));
	const { interactive } = terminal.surface;
	const page = new Page(terminal.surface);
	const input = new Input(interactive);
	const footer = new FooterLines(
		page,
		input,
		'scripted agent · esc interrupts · Ctrl-D leaves',
	);
	const report = new StatusReport(
		scene.app ?? 'scene',
		scene.status !== 'manual',
		(text) => {
			if (interactive) terminal.surface.write(text);
		},
	);
	const signals = lifetime.add(
		new Signals((signal) => {
			if (signal === 'SIGINT') input.interrupt();
			else leave(new Departure(exitCodeOf(signal)));
		}),
	);
	lifetime.add(input.changed.on(() => page.refresh()));
	lifetime.add(terminal.resized.on(() => page.redraw()));
	lifetime.add(terminal.ended.on(() => input.end()));
	terminal.listen((key) => input.press(key));

	let answer = '';
	const stage: Omit<Stage, 'play' | 'interrupt'> = {
		page,
		footer,
		input,
		report,
		signals,
		lifetime,
		clock: new SceneClock(terms.speed),
		random: new Random(`${scene.scene}/${terms.seed}`),
		cwd: process.cwd(),
		environment: process.env,
		generation: terms.generation,
		exitAtEnd: terms.exitAtEnd,
		pour: terminal.pour,
		values: () => ({
			scene: scene.scene,
			generation: String(terms.generation),
			seed: String(terms.seed),
			answer,
		}),
		answered: (text) => {
			answer = text;
		},
	};
	page.add({
		indent: 0,
		text: [
			span(scene.scene, 'heading'),
			span(` · a scripted agent, run ${terms.generation}`, 'dim'),
		],
		fold: 'cut',
	});
	void playSteps(wholeOf(scene, terms.generation), stage).then(
		() => leave(new Departure(0)),
		(error: unknown) => leave(departureFor(error, stage)),
	);
	const departure = await over.promise;
	page.close();
	// A crash keeps its last word; whoever leaves in order takes the record back.
	if (departure.code === 0 || departure.code > 128) report.observe({ state: 'clear' });
	await lifetime.close();
	if (departure.signal) await dieBy(departure.signal);
	return departure.code;
}

/** The scene from its first word to the prompt at its end. */
function wholeOf(scene: Scene, generation: number): readonly Step[] {
	const resumed: readonly Step[] =
		scene.resume !== undefined && generation > 1 ? [{ say: scene.resume }] : [];
	return [...resumed, ...scene.steps, { 'wait-forever': {} }];
}

function departureFor(error: unknown, stage: Pick<Stage, 'page' | 'report'>): Departure {
	if (error instanceof Departure) return error;
	const message = messageOf(error);
	const text = error instanceof SceneFailure ? message : `the player failed: ${message}`;
	stage.page.add(note(`the scene ends here: ${text}`, 'bad'));
	stage.report.observe({ state: 'error', message: text.slice(0, 300) });
	return new Departure(1);
}

async function dieBy(signal: NodeJS.Signals): Promise<never> {
	process.removeAllListeners(signal);
	process.kill(process.pid, signal);
	// The signal arrives between two turns of the event loop.
	await sleep(1000);
	throw new Error(`${signal} did not end the program`);
}
