import { whileShowing } from '../../page/activity.ts';
import { blocksOfMessage } from '../../page/markdown.ts';
import type { Block } from '../../page/page.ts';
import { span } from '../../page/styled-text.ts';
import { commandText, toolHead } from '../../page/tool-blocks.ts';
import { runCommand } from '../command.ts';
import { SceneFailure } from '../departure.ts';
import type { StepBody } from '../scene.ts';
import type { Stage } from '../stage.ts';

/** Puts a question, waits for the answer and plays the branch that fits it. */
export async function ask(body: StepBody<'ask'>, stage: Stage): Promise<void> {
	const { options = [], answers = [], otherwise, unanswered } = body;
	const given =
		body.inbox && stage.environment.WEIR_TOKEN !== undefined
			? await askByWeir(body, stage)
			: await askHere(body, stage);
	const numbered = options[Number(given) - 1];
	const answer = numbered ?? given ?? unanswered?.answer ?? '';
	echo(stage, given === undefined ? `(no answer) ${answer}` : answer);
	stage.answered(answer);
	stage.report.observe({ state: 'working' });
	const fitting = answers.find(({ match }) => new RegExp(match, 'iu').test(answer));
	await stage.play(fitting?.do ?? otherwise ?? []);
}

/** As an agent asks that does not wait for somebody at its pane; undefined where nobody answered. */
async function askByWeir(
	{ question, options = [], unanswered }: StepBody<'ask'>,
	stage: Stage,
): Promise<string | undefined> {
	const choices = options.flatMap((option) => ['--choice', option]);
	const argv = ['weir', 'ask', oneLine(question), ...choices];
	const lines: string[] = [];
	stage.page.add(toolHead('Run', commandText(argv)));
	const { page, footer, clock } = stage;
	const end = await whileShowing({ page, footer, clock }, 'Waiting for an answer', () =>
		patiently(stage, unanswered?.after, (interrupt) =>
			runCommand({
				argv,
				cwd: stage.cwd,
				environment: stage.environment,
				onLine: (line) => lines.push(line),
				timeoutMs: Number.POSITIVE_INFINITY,
				interrupt,
				lifetime: stage.lifetime,
			}),
		),
	);
	if (end && end.code !== 0)
		throw new SceneFailure(`weir ask failed: ${lines.at(-1) ?? end.failure ?? ''}`);
	return end && lines.join(' ');
}

/** Here on the page, for whoever types. */
async function askHere(
	{ question, options = [], unanswered }: StepBody<'ask'>,
	stage: Stage,
): Promise<string | undefined> {
	const { page, report } = stage;
	page.add(
		...blocksOfMessage(question).map((block) => ({ ...block, ...mark(block, '? ') })),
	);
	page.add(
		...options.map((option, index): Block => {
			const lead = `    ${index + 1} `;
			return {
				lead: span(lead, 'accent'),
				indent: lead.length,
				text: [span(option)],
				fold: 'words',
			};
		}),
	);
	const choices = options.length > 0 ? ` (${options.join(' · ')})` : '';
	report.observe({
		state: 'blocked',
		kind: 'question',
		message: `answer: ${oneLine(question)}${choices}`.slice(0, 300),
	});
	stage.footer.placeholder = 'your answer';
	return patiently(stage, unanswered?.after, async (signal) => {
		const line = await stage.input.readAnswer(signal);
		return line.kind === 'line' ? line.text.trim() : undefined;
	}).finally(() => {
		stage.footer.placeholder = '';
	});
}

/** Asks for leave to do something: one key, y or n. */
export async function approve(body: StepBody<'approve'>, stage: Stage): Promise<void> {
	const { page, report, unanswered } = { ...stage, unanswered: body.unanswered };
	page.add(
		{
			lead: span('! ', 'warn'),
			indent: 2,
			text: [
				span('May I run ', 'strong'),
				span(body.action, 'code'),
				span('?', 'strong'),
			],
			fold: 'words',
			gap: true,
		},
		...(body.why
			? [{ indent: 4, text: [span(body.why, 'dim')], fold: 'words' } as const]
			: []),
	);
	report.observe({
		state: 'blocked',
		kind: 'permission',
		message: `approve: ${body.action}`.slice(0, 300),
	});
	stage.footer.detail = [
		[span('    y ', 'good'), span('yes, once')],
		[span('    n ', 'bad'), span('no, go on without')],
	];
	const letter = await patiently(stage, unanswered?.after, (signal) =>
		stage.input.readChoice('yn', signal),
	).finally(() => {
		stage.footer.detail = [];
	});
	const yes = letter === undefined ? unanswered?.answer === 'yes' : letter === 'y';
	echo(stage, `${letter === undefined ? '(no answer) ' : ''}${yes ? 'yes' : 'no'}`);
	stage.answered(yes ? 'yes' : 'no');
	report.observe({ state: 'working' });
	await stage.play((yes ? body.yes : body.no) ?? []);
}

/** What the person said, as it stays on the page. */
export function echo(stage: Stage, text: string): void {
	stage.page.add({
		lead: span('❯ ', 'dim'),
		indent: 2,
		text: [span(text, 'dim')],
		fold: 'words',
		gap: true,
	});
}

/** What was read, or undefined once the scene's patience of so many seconds is over. */
async function patiently<T>(
	stage: Stage,
	seconds: number | undefined,
	read: (signal: AbortSignal) => Promise<T | undefined>,
): Promise<T | undefined> {
	if (seconds === undefined) return read(stage.interrupt);
	const patience = new AbortController();
	const done = new AbortController();
	const timer = stage.clock
		.sleep(seconds, AbortSignal.any([stage.interrupt, done.signal]))
		.then(
			() => patience.abort(),
			// Answered or interrupted in time: the reader tells which.
			() => undefined,
		);
	try {
		return await read(AbortSignal.any([stage.interrupt, patience.signal]));
	} catch (error) {
		if (patience.signal.aborted && !stage.interrupt.aborted) return undefined;
		throw error;
	} finally {
		done.abort();
		await timer;
	}
}

function mark(block: Block, text: string): Partial<Block> {
	return block.gap ? { lead: span(text, 'warn') } : {};
}

function oneLine(text: string): string {
	return text.replaceAll(/\s+/g, ' ').trim();
}
