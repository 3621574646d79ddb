// What a program says through its terminal, as far as somebody should see it: calls, its folder, how far
// it is. Its text was made plain and cut by its holder. Pure.
import { steadyTitle } from '../domain/steady-title.ts';
import type { TerminalSignal } from '../protocol/holder.ts';
import type { ProgramWords } from '../protocol/observation.ts';

export const silent: ProgramWords = { call: null, directory: null, progress: null };

/** A program that calls without end calls once in so long. */
const betweenCallsMs = 1000;

/** The words after a signal; the same ones where it says nothing new. */
export function hear(
	words: ProgramWords,
	signal: TerminalSignal,
	at: string,
): ProgramWords {
	switch (signal.kind) {
		case 'bell':
			return called(words, null, at);
		case 'notification':
			return called(words, sentence(signal), at);
		case 'directory':
			return { ...words, directory: signal.path };
		case 'progress':
			return { ...words, progress: progressOf(signal) };
		case 'title':
			return titled(words, steadyTitle(signal.title));
		default:
			return words;
	}
}

function titled(words: ProgramWords, title: string): ProgramWords {
	return (words.title ?? '') === title ? words : { ...words, title };
}

/** Many ring and say why at the same time: then the reason is kept. */
function called(words: ProgramWords, text: string | null, at: string): ProgramWords {
	const last = words.call;
	const soon = last !== null && Date.parse(at) - Date.parse(last.at) < betweenCallsMs;
	if (soon && (text === null || last.text !== null)) return words;
	return { ...words, call: { at, text } };
}

function sentence({ title, body }: { readonly title: string; readonly body: string }) {
	return [title, body].filter((part) => part !== '').join(': ');
}

const tones = { 1: 'running', 2: 'failed', 4: 'paused' } as const;

function progressOf({
	state,
	percent,
}: Extract<TerminalSignal, { kind: 'progress' }>): ProgramWords['progress'] {
	if (percent === null || (state !== 1 && state !== 2 && state !== 4)) return null;
	return { tone: tones[state], percent };
}
