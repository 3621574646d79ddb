// Run by a CLI's hook: hands its payload to weir and prints what the CLI is to do. It never keeps a CLI
// from its own ways: where weir does not answer, it says nothing.
import { text } from 'node:stream/consumers';
import { sayAsAgent } from '../../client/agent-line.ts';
import { refuse } from '../../lib/outcome.ts';
import { print } from '../print.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	let payload: unknown;
	try {
		payload = JSON.parse(await text(process.stdin));
	} catch {
		return refuse(
			'hook.payload',
			'a hook wants the payload of its CLI, as JSON, as input',
		);
	}
	const said = await sayAsAgent(call.environment, 'hook', { payload });
	if (said.ok && said.value.print !== '') print(said.value.print);
	return done;
};
