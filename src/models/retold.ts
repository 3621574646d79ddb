// Turns of which a reply lost what the model thought. Anthropic takes thinking back as it was or, of turns
// that are over, not at all; within a turn that calls tools it has to be there. What was said and done in
// such a turn is told in words then, which every model takes, whether or not its thinking can be switched
// off: https://platform.claude.com/docs/en/build-with-claude/extended-thinking
import type { Message } from './model.ts';

export const retoldHead =
	'Earlier in this turn, told in words because what you thought is not kept:';

/** The messages with nothing in them that its maker would refuse. */
export function withoutTornThinking(messages: readonly Message[]): readonly Message[] {
	const turns = turnsOf(messages);
	return turns.flatMap((turn, at) => {
		const torn = turn.findLastIndex(isTorn);
		if (torn < 0) return turn;
		if (at < turns.length - 1) return turn.map(withoutNative);
		// With the results of its calls.
		const end = turn[torn + 1]?.by === 'tools' ? torn + 2 : torn + 1;
		const first = turn.findIndex(({ by }) => by !== 'user');
		const told = turn.slice(first, end).map(wordsOf);
		const text = [retoldHead, ...told].join('\n\n');
		return [...turn.slice(0, first), { by: 'user' as const, text }, ...turn.slice(end)];
	});
}

/** Words of the user right behind results belong to the turn that the results belong to. */
function turnsOf(messages: readonly Message[]): readonly (readonly Message[])[] {
	const turns: Message[][] = [];
	for (const [at, message] of messages.entries()) {
		const begins = message.by === 'user' && messages[at - 1]?.by !== 'tools';
		if (begins || turns.length === 0) turns.push([]);
		turns.at(-1)?.push(message);
	}
	return turns;
}

function isTorn(message: Message): boolean {
	return message.by === 'model' && message.torn === true;
}

function withoutNative(message: Message): Message {
	if (message.by !== 'model') return message;
	return { ...message, parts: message.parts.filter(({ kind }) => kind !== 'native') };
}

function wordsOf(message: Message): string {
	switch (message.by) {
		case 'user':
			return `The user said:\n${message.text}`;
		case 'tools':
			return message.results
				.map(({ call, text, failed }) =>
					`${call} ${failed ? 'failed' : 'answered'}:\n${text}`.trimEnd(),
				)
				.join('\n\n');
		case 'model':
			return message.parts
				.flatMap((part) => {
					if (part.kind === 'text') return [`You said:\n${part.text}`];
					if (part.kind === 'call')
						return [`You called ${part.tool} (${part.id}) with ${part.input}`];
					return [];
				})
				.join('\n\n');
	}
}
