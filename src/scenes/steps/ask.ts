import { blocksOfMessage } from '../markdown.ts';
import type { Block } from '../page.ts';
import type { StepBody } from '../scene.ts';
import type { Stage } from '../stage.ts';
import { span } from '../styled-text.ts';

/** Puts a question, waits for the typed answer and plays the branch that fits it. */
export async function ask(body: StepBody<'ask'>, stage: Stage): Promise<void> {
	const { page, report } = stage;
	const { question, options = [], answers = [], otherwise, unanswered } = body;
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
	const typed = await patiently(stage, unanswered?.after, async (signal) => {
		const line = await stage.input.readAnswer(signal);
		return line.kind === 'line' ? line.text.trim() : undefined;
	}).finally(() => {
		stage.footer.placeholder = '';
	});
	const numbered = options[Number(typed) - 1];
	const answer = numbered ?? typed ?? unanswered?.answer ?? '';
	echo(stage, typed === undefined ? `(no answer) ${answer}` : answer);
	stage.answered(answer);
	report.observe({ state: 'working' });
	const fitting = answers.find(({ match }) => new RegExp(match, 'iu').test(answer));
	await stage.play(fitting?.do ?? otherwise ?? []);
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
