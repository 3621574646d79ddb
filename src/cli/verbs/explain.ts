// Says who says what an agent does, or sets it by the human's word.
import type { StateWord } from '../../domain/state-words.ts';
import { stateWords } from '../../domain/state-words.ts';
import { nearestWord } from '../../lib/nearest-word.ts';
import { ok, refuse } from '../../lib/outcome.ts';
import { explanationLines } from '../../protocol/explanation.ts';
import { printJson, printLine, shortAge } from '../print.ts';
import { reach } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [agent = ''] = call.words;
	const wanted = wordOf(call.text('set'));
	if (!wanted.ok) return wanted;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	if (wanted.value !== undefined) {
		const set = await connection.request('override', { agent, state: wanted.value });
		if (!set.ok) return set;
	}
	const told = await connection.request('explain', { agent });
	if (!told.ok) return told;
	if (call.json) printJson({ v: 1, ...told.value });
	else for (const line of explanationLines(told.value, shortAge)) printLine(line);
	return done;
};

/** Undefined where nothing is to be set, null where what is seen counts again. */
function wordOf(text: string | null) {
	if (text === null) return ok(undefined);
	if (text === 'auto') return ok(null);
	const known = stateWords.find((word) => word === text);
	if (known) return ok<StateWord>(known);
	const near = nearestWord(text, ['auto', ...stateWords]);
	return refuse(
		'state.unknown',
		`there is no state ${text}`,
		near ? `--set ${near}` : `--set takes auto or one of ${stateWords.join(', ')}`,
	);
}
