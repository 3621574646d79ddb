// What the person types, and to whom it goes: to the prompt, to a question, or to nobody yet.
import { Emitter } from '../lib/emitter.ts';
import type { Key } from './keys.ts';
import { LineEditor } from './line-editor.ts';

/** Lines typed ahead while the program works; a further one stays in the editor. */
const maxQueued = 20;
/** Lines of a pipe that wait; further ones are dropped. */
const maxPiped = 10_000;
/** Shorter pauses lie between the keys of somebody who types. */
const pauseBeforeChoice = 400;
/** What was said and can be brought back. */
const maxSaid = 200;

/** `cancel`: Ctrl-C on an empty prompt; `end`: Ctrl-D there, or no more input. */
export type Line =
	| { readonly kind: 'line'; readonly text: string }
	| { readonly kind: 'cancel' }
	| { readonly kind: 'end' };

type Reader =
	| { readonly kind: 'prompt' | 'question'; readonly settle: (line: Line) => void }
	| {
			readonly kind: 'choice';
			readonly letters: string;
			readonly settle: (letter: string | undefined) => void;
			/** So long nothing may have been typed before, but for `free` ones. */
			readonly afterMs?: number;
			readonly free?: string;
	  };

export class Input {
	readonly editor = new LineEditor();
	/** The typed line, the queue or the reader is another one now. */
	readonly changed = new Emitter<void>();
	/** A key came, whatever it did. */
	readonly touched = new Emitter<void>();
	readonly #interactive: boolean;
	readonly #queue: string[] = [];
	#reader: Reader | undefined;
	#interrupts: AbortController[] = [];
	#ended = false;
	#touchedAt = Number.NEGATIVE_INFINITY;
	readonly #said: string[] = [];
	/** Which of them stands in the editor, and what stood there before. */
	#recalled: { readonly at: number; readonly draft: string } | null = null;

	constructor(interactive: boolean) {
		this.#interactive = interactive;
	}

	get queued(): readonly string[] {
		return this.#queue;
	}

	/** Whether no further line can be typed ahead. */
	get full(): boolean {
		return this.#interactive && this.#queue.length >= maxQueued;
	}

	/** What a typed line would reach now. */
	get asking(): Reader['kind'] | undefined {
		return this.#reader?.kind;
	}

	/** Until the returned function is called, an interrupt aborts this controller. */
	interruptible(controller: AbortController): () => void {
		this.#interrupts.push(controller);
		return () => {
			this.#interrupts = this.#interrupts.filter((other) => other !== controller);
		};
	}

	/** Ctrl-C, wherever it came from. */
	interrupt(): void {
		this.press({ kind: 'interrupt' });
	}

	/** A line for the prompt, one typed ahead if there is one. */
	readPrompt(signal: AbortSignal): Promise<Line> {
		const ahead = this.#queue.shift();
		if (ahead !== undefined) return Promise.resolve({ kind: 'line', text: ahead });
		return this.#readLine('prompt', signal);
	}

	/** An answer; what was typed before the question was asked is none, unless it was piped in. */
	readAnswer(signal: AbortSignal): Promise<Line> {
		if (!this.#interactive) return this.readPrompt(signal);
		return this.#readLine('question', signal);
	}

	/** One of the letters, pressed as a single key; undefined when the input has ended. */
	async readChoice(letters: string, signal: AbortSignal): Promise<string | undefined> {
		if (!this.#interactive) {
			const line = await this.readPrompt(signal);
			const letter =
				line.kind === 'line' ? line.text.trim().slice(0, 1).toLowerCase() : '';
			return letter !== '' && letters.includes(letter) ? letter : undefined;
		}
		if (this.#ended) return undefined;
		return this.#await(signal, (settle) => ({ kind: 'choice', letters, settle }));
	}

	/**
	 * As `readChoice`, where a slip would cost something: a letter counts when it comes alone and not in
	 * the midst of typing. One of `free` decides nothing and counts at once.
	 */
	readDeliberateChoice(
		letters: string,
		signal: AbortSignal,
		free = '',
	): Promise<string | undefined> {
		this.#touchedAt = performance.now();
		return this.#await(signal, (settle) => ({
			kind: 'choice',
			letters,
			settle,
			afterMs: pauseBeforeChoice,
			free,
		}));
	}

	press(key: Key): void {
		const restedMs = performance.now() - this.#touchedAt;
		this.#touchedAt = performance.now();
		this.touched.emit();
		const reader = this.#reader;
		if (reader?.kind === 'choice') this.#choose(reader, key, restedMs);
		else if (reader?.kind === 'prompt') this.#prompt(key, reader.settle);
		else if (reader?.kind === 'question') this.#answer(key, reader.settle);
		else this.#ahead(key);
		this.changed.emit();
	}

	/** No more keys will come. */
	end(): void {
		this.#ended = true;
		if (this.editor.text !== '') this.#queueLine();
		const reader = this.#reader;
		if (reader?.kind === 'choice') reader.settle(undefined);
		else reader?.settle(this.#nextQueued());
	}

	#nextQueued(): Line {
		const ahead = this.#queue.shift();
		return ahead === undefined ? { kind: 'end' } : { kind: 'line', text: ahead };
	}

	#readLine(kind: 'prompt' | 'question', signal: AbortSignal): Promise<Line> {
		if (this.#ended) return Promise.resolve({ kind: 'end' });
		return this.#await(signal, (settle) => ({ kind, settle }));
	}

	#await<T>(
		signal: AbortSignal,
		readerFor: (settle: (value: T) => void) => Reader,
	): Promise<T> {
		return new Promise((resolve, reject) => {
			const leave = () => {
				this.#reader = undefined;
				signal.removeEventListener('abort', abandon);
				this.changed.emit();
			};
			const abandon = () => {
				leave();
				reject(signal.reason);
			};
			if (signal.aborted) {
				reject(signal.reason);
				return;
			}
			signal.addEventListener('abort', abandon, { once: true });
			this.#reader = readerFor((value) => {
				leave();
				resolve(value);
			});
			this.changed.emit();
		});
	}

	#choose(reader: Extract<Reader, { kind: 'choice' }>, key: Key, restedMs: number): void {
		if (isBreak(key)) this.#abort(key);
		if (key.kind !== 'text') return;
		const { afterMs, free = '' } = reader;
		if (key.text.length === 1 && free.includes(key.text.toLowerCase())) {
			reader.settle(key.text.toLowerCase());
			return;
		}
		if (afterMs !== undefined && (key.text.length > 1 || restedMs < afterMs)) return;
		const letter = key.text
			.toLowerCase()
			.split('')
			.find((char) => reader.letters.includes(char));
		if (letter !== undefined) reader.settle(letter);
	}

	#prompt(key: Key, settle: (line: Line) => void): void {
		if (this.editor.press(key) || this.#recall(key)) return;
		const text = this.editor.text;
		if (key.kind === 'end-of-input' && text !== '') return;
		this.editor.clear();
		if (key.kind === 'enter') {
			this.remember(text);
			settle({ kind: 'line', text });
		} else if (key.kind === 'end-of-input') settle({ kind: 'end' });
		else if (key.kind === 'interrupt' && text === '') settle({ kind: 'cancel' });
	}

	/** Something that was said, for the arrow keys to bring back. */
	remember(text: string): void {
		this.#recalled = null;
		if (text.trim() === '' || this.#said.at(-1) === text) return;
		this.#said.push(text);
		if (this.#said.length > maxSaid) this.#said.shift();
	}

	/** Beyond the first and the last line the arrows lead through what was said. */
	#recall(key: Key): boolean {
		if (key.kind !== 'up' && key.kind !== 'down') return false;
		const at = this.#recalled?.at ?? this.#said.length;
		const draft = this.#recalled?.draft ?? this.editor.text;
		const to = at + (key.kind === 'up' ? -1 : 1);
		if (to < 0 || to > this.#said.length) return true;
		this.#recalled = to === this.#said.length ? null : { at: to, draft };
		this.editor.text = this.#said[to] ?? draft;
		return true;
	}

	#answer(key: Key, settle: (line: Line) => void): void {
		if (this.editor.press(key)) return;
		if (key.kind === 'enter') {
			const text = this.editor.text;
			this.editor.clear();
			settle({ kind: 'line', text });
		} else if (isBreak(key)) {
			this.editor.clear();
			this.#abort(key);
		}
	}

	#ahead(key: Key): void {
		if (this.editor.press(key)) return;
		if (key.kind === 'enter') this.#queueLine();
		else if (isBreak(key)) this.#abort(key);
	}

	#queueLine(): void {
		const text = this.editor.text.trim();
		if (this.full) return;
		this.editor.clear();
		if (text !== '' && this.#queue.length < maxPiped) this.#queue.push(text);
	}

	/** What was begun to be typed meanwhile stays at Esc, and goes at Ctrl-C. */
	#abort({ kind }: Key): void {
		if (kind === 'interrupt') this.editor.clear();
		this.#interrupts.at(-1)?.abort(new Error('interrupted'));
	}
}

/** Of the keys that no editor takes, those that break something off. */
function isBreak({ kind }: Key): boolean {
	return kind === 'escape' || kind === 'interrupt';
}
