// The agent in a terminal: turn after turn, until its user leaves.
import { messageOf } from '../lib/error-words.ts';
import { Lifetime } from '../lib/lifetime.ts';
import { durationText, whileShowing } from '../page/activity.ts';
import { FooterLines } from '../page/footer.ts';
import { Input } from '../page/input.ts';
import { Page } from '../page/page.ts';
import { exitCodeOf, Signals } from '../page/signals.ts';
import { StatusReport } from '../page/status-report.ts';
import { span } from '../page/styled-text.ts';
import { openTerminal } from '../page/terminal-session.ts';
import { TerminalFace } from './face/terminal-face.ts';
import type { Opened } from './opened.ts';
import type { Session, TurnEnd } from './session.ts';
import { slashCommands } from './slash-commands.ts';
import { statusWords } from './status-words.ts';

const clock = { now: () => performance.now() / 1000 };
const reported = 300;

/** Resolves with the exit code once the terminal is as it was before. */
export async function runInTerminal(opened: Opened): Promise<number> {
	const lifetime = new Lifetime();
	const over = Promise.withResolvers<number>();
	const terminal = lifetime.add(openTerminal(() => over.resolve(129)));
	const page = new Page(terminal.surface);
	const input = new Input(true);
	const status = () => statusWords(opened);
	const footer = new FooterLines(page, input, status());
	const report = new StatusReport('weir', true, terminal.surface.write);
	lifetime.add(
		new Signals((signal) => {
			if (signal === 'SIGINT') input.interrupt();
			else over.resolve(exitCodeOf(signal));
		}),
	);
	lifetime.add(input.changed.on(() => page.refresh()));
	lifetime.add(terminal.resized.on(() => page.redraw()));
	terminal.listen((key) => input.press(key));
	const face = new TerminalFace({ page, footer, input, report, door: opened.door });
	const program = new TerminalProgram(opened, { page, footer, input, report, face });
	void program.run().then(
		(code) => over.resolve(code),
		(error: unknown) => {
			// Whoever ended it knows.
			if (program.isStopped) return;
			face.onNote(`this ends here: ${messageOf(error)}`, 'bad');
			report.observe({ state: 'error', message: messageOf(error).slice(0, reported) });
			over.resolve(1);
		},
	);
	const code = await over.promise;
	program.stop();
	page.close();
	if (opened.conversation.order !== '' && code < 128)
		terminal.surface.write(`to go on: weir agent --resume ${opened.transcript.id}\r\n`);
	if (code !== 1) report.observe({ state: 'clear' });
	await lifetime.close();
	return code;
}

interface Parts {
	readonly page: Page;
	readonly footer: FooterLines;
	readonly input: Input;
	readonly report: StatusReport;
	readonly face: TerminalFace;
}

class TerminalProgram {
	readonly #opened: Opened;
	readonly #parts: Parts;
	readonly #session: Session;
	readonly #ending = new AbortController();

	constructor(opened: Opened, parts: Parts) {
		this.#opened = opened;
		this.#parts = parts;
		this.#session = opened.sessionWith(parts.face);
	}

	/** Breaks off what goes on: the terminal is gone, or the program is to end. */
	stop(): void {
		this.#ending.abort(new Error('the program ends'));
	}

	get isStopped(): boolean {
		return this.#ending.signal.aborted;
	}

	async run(): Promise<number> {
		const { options, conversation } = this.#opened;
		const { face, report, input, footer } = this.#parts;
		this.#greet();
		// Shown once it is known what was used; nobody waits for it.
		void this.#opened.budget.readPrices(this.#opened.model.name, options.environment);
		const unfinished = this.#session.recover();
		for (const message of conversation.messages)
			if (message.by === 'user') input.remember(message.text);
		if (options.prompt !== null)
			await this.#turn((signal) => this.#session.take(options.prompt ?? '', signal));
		else {
			report.observe({ state: 'idle' });
			if (unfinished)
				face.onNote(
					'it was ended in the middle of a turn: an empty Enter goes on with it',
					'plain',
				);
		}
		// Someone has looked: finished becomes merely idle.
		input.touched.on(() => {
			if (input.asking === 'prompt') report.observe({ state: 'idle' });
		});
		for (let leaving = false; ; ) {
			footer.hint = leaving ? 'Ctrl-C again leaves' : statusWords(this.#opened);
			const line = await input.readPrompt(this.#ending.signal);
			if (line.kind === 'end') return 0;
			if (line.kind === 'cancel') {
				if (leaving) return 130;
				leaving = true;
				continue;
			}
			leaving = false;
			const text = line.text.trim();
			if (/^\/?(?:exit|quit)$/i.test(text)) return 0;
			await this.#hear(text);
		}
	}

	async #hear(text: string): Promise<void> {
		const { conversation } = this.#opened;
		if (text === '') {
			if (!conversation.rests) await this.#turn((signal) => this.#session.goOn(signal));
			return;
		}
		const command = /^\/(\w+)$/.exec(text)?.[1];
		if (command === undefined) {
			await this.#turn((signal) => this.#session.take(text, signal));
			return;
		}
		if (command === 'compact') {
			await this.#turn((signal) => this.#session.makeRoom(signal));
			return;
		}
		for (const line of slashCommands(command, this.#opened))
			this.#parts.face.onNote(line, 'plain');
	}

	async #turn(work: (signal: AbortSignal) => Promise<TurnEnd>): Promise<void> {
		const { page, footer, input, report, face } = this.#parts;
		const interrupt = new AbortController();
		const signal = AbortSignal.any([interrupt.signal, this.#ending.signal]);
		const release = input.interruptible(interrupt);
		footer.hint = () => statusWords(this.#opened);
		const began = clock.now();
		let end: TurnEnd;
		try {
			end = await whileShowing(
				{ page, footer, clock },
				() => face.label,
				() => work(signal),
			);
		} catch (error) {
			if (!signal.aborted) throw error;
			end = { kind: 'cancelled' };
		} finally {
			release();
		}
		const seconds = clock.now() - began;
		switch (end.kind) {
			case 'done':
				report.observe({ state: 'done', ...doneWords(seconds) });
				return;
			case 'cancelled':
				face.onNote('interrupted; say what to do instead', 'plain');
				report.observe({ state: 'idle' });
				return;
			case 'failed':
			case 'spent':
				face.onNote(`${end.why}${hintFor(end)}`, 'bad');
				report.observe({ state: 'error', message: end.why.slice(0, reported) });
				return;
			case 'refused':
				face.onNote('the model refused to answer', 'bad');
				report.observe({ state: 'done' });
				return;
			case 'cut':
				face.onNote('the answer was cut at what the model may say at most', 'bad');
				report.observe({ state: 'done' });
				return;
		}
	}

	#greet(): void {
		const { model, options, conversation } = this.#opened;
		const { page } = this.#parts;
		const resumed = conversation.order === '' ? '' : ' · goes on where it was';
		page.add(
			{
				indent: 0,
				text: [span('weir agent', 'heading'), span(` · ${model.name}${resumed}`, 'dim')],
				fold: 'cut',
			},
			{
				indent: 0,
				text: [span(`${options.folder} · /help tells more`, 'dim')],
				fold: 'cut',
			},
		);
		const said = conversation.messages.findLast(({ by }) => by === 'user');
		if (said?.by === 'user' && options.prompt === null)
			this.#parts.face.onPrompt(said.text.slice(0, reported));
	}
}

function doneWords(seconds: number): { readonly message?: string } {
	return seconds < 1 ? {} : { message: `worked for ${durationText(seconds)}` };
}

function hintFor(end: TurnEnd): string {
	if (end.kind !== 'failed') return '';
	if (end.status === 401 || end.status === 403)
		return ' (look at the key in ANTHROPIC_API_KEY or OPENAI_API_KEY)';
	return end.status === null || end.status >= 500 || end.status === 429
		? '; an empty Enter tries again'
		: '';
}
