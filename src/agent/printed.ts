// One turn without a terminal: what was asked for on the command line, and then the end.
import { messageOf } from '../lib/error-words.ts';
import { harmlessText } from '../page/harmless-text.ts';
import { PrintFace } from './face/print-face.ts';
import type { Opened } from './opened.ts';
import type { TurnEnd } from './session.ts';

/** Answers with the exit code. */
export async function runPrinted({
	options,
	model,
	budget,
	transcript,
	conversation,
	sessionWith,
}: Opened): Promise<number> {
	const { json, prompt } = options;
	const print = (text: string) =>
		void process.stdout.write(process.stdout.isTTY ? harmlessText(text) : text);
	const tell = (text: string) =>
		void process.stderr.write(`weir: ${harmlessText(text)}\n`);
	const face = new PrintFace({ json, print, tell });
	const session = sessionWith(face);
	const open = session.recover();
	const cancel = new AbortController();
	const stop = () => cancel.abort(new Error('interrupted'));
	process.on('SIGINT', stop);
	process.on('SIGTERM', stop);
	process.on('SIGHUP', stop);
	let end: TurnEnd;
	try {
		if (prompt !== null) end = await session.take(prompt, cancel.signal);
		else if (open) end = await session.goOn(cancel.signal);
		else
			end = { kind: 'failed', why: 'there is nothing to do: say a prompt', status: null };
	} catch (error) {
		end = { kind: 'failed', why: messageOf(error), status: null };
	} finally {
		process.off('SIGINT', stop);
		process.off('SIGTERM', stop);
		process.off('SIGHUP', stop);
	}
	const why = 'why' in end ? end.why : (words[end.kind] ?? null);
	if (json) {
		await budget.readPrices(model.name, options.environment);
		print(
			`${JSON.stringify({
				v: 1,
				kind: 'end',
				end: end.kind,
				why,
				conversation: transcript.id,
				usage: conversation.used,
				usd: budget.usd,
			})}\n`,
		);
	} else if (why !== null) tell(why);
	return codes[end.kind];
}

const words: Readonly<Record<string, string>> = {
	refused: 'the model refused to answer',
	cut: 'the answer was cut at what the model may say at most',
	cancelled: 'interrupted',
};

const codes: Readonly<Record<TurnEnd['kind'], number>> = {
	done: 0,
	cut: 1,
	refused: 1,
	failed: 1,
	spent: 3,
	cancelled: 130,
};
