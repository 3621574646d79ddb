// An agent asks the human and waits. It goes on waiting where the supervisor is replaced meanwhile.
import { sayAsAgent } from '../../client/agent-line.ts';
import { untilAnswered } from '../../client/until-answered.ts';
import { ok } from '../../lib/outcome.ts';
import { numberOf } from '../arguments.ts';
import { print, printJson, tell } from '../print.ts';
import { done, exitCodes, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const timeout = numberOf(call, 'timeout', 0, 1_000_000);
	if (!timeout.ok) return timeout;
	const asked = await untilAnswered(timeout.value, (timeoutMs) =>
		sayAsAgent(call.environment, 'ask', {
			text: call.words.join(' '),
			choices: call.texts('choice'),
			timeoutMs,
		}),
	);
	if (!asked.ok) return asked;
	const { answer, question } = asked.value;
	if (call.json) printJson({ v: 1, question, answer });
	else if (answer) print(wordsOf(answer, call.texts('choice')));
	else tell('weir: nobody answered; go on as you think best, and say what you assumed');
	return answer ? done : ok({ code: exitCodes.timeout });
};

function wordsOf(
	{ choice, text }: { readonly choice: string | null; readonly text: string | null },
	choices: readonly string[],
): string {
	const chosen = choice === null ? null : (choices[Number(choice) - 1] ?? choice);
	return [chosen, text].filter((part) => part !== null && part !== '').join('\n');
}
