// Says who says what an agent does, or sets it by the human's word.
import type { StateWord } from '../../domain/state-words.ts';
import { stateWords } from '../../domain/state-words.ts';
import { nearestWord } from '../../lib/nearest-word.ts';
import { ok, refuse } from '../../lib/outcome.ts';
import type { Explanation } from '../../protocol/client.ts';
import { print, printJson, printLine, printTable, shortAge } from '../print.ts';
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
	else explain(told.value);
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

function explain({ agent, words, overridden, screen }: Explanation): void {
	const { name, state, inferred, since, why } = agent;
	const sign = inferred ? '~' : '';
	const reason = why === null ? '' : `: ${why}`;
	printLine(`${name} is ${sign}${state} since ${shortAge(since)}${reason}`);
	if (overridden)
		print(`set by you; weir explain ${name} --set auto goes by what is seen`);
	if (words.length === 0) {
		print('no program runs, so nobody says anything');
		return;
	}
	print('');
	const counts = words.find(({ source }) => source === agent.source);
	printTable(
		words.map((word) => [
			word === counts ? '>' : ' ',
			word.source,
			`${word.inferred ? '~' : ''}${word.state}`,
			word.at === null ? '-' : shortAge(word.at),
			word.rule === null ? '' : `rule ${word.rule}`,
			word.why ?? '',
		]),
	);
	if (screen.length === 0) return;
	print('\nread on its screen:');
	for (const line of screen) printLine(`  ${line}`);
}
