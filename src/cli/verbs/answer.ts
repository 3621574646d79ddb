// Answers a question of the inbox.
import { readInput } from '../input.ts';
import { print, printJson, tell } from '../print.ts';
import { reach } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [question = '', choice = null] = call.words;
	const said = call.text('text');
	const text = said === '-' ? await readInput() : said;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const body = { question, choice, text, wait: true };
	const answered = await connection.request('answer', body, { timeoutMs: null });
	if (!answered.ok) return answered;
	const { delivered } = answered.value;
	if (call.json) printJson({ v: 1, question, delivered });
	else if (delivered) print(`${question} is answered`);
	else tell(`weir: ${question} is answered, but who asked has not fetched it yet`);
	return done;
};
