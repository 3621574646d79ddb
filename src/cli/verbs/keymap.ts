// Checks or echoes keys: asks for the door that knows them, which `bin` loads.
import { ok, refuse } from '../../lib/outcome.ts';
import { usage } from '../arguments.ts';
import { repositoryOf } from '../reach.ts';
import type { Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [deed] = call.words;
	if (deed !== 'check' && deed !== 'echo')
		return usage('keymap', `keymap takes check or echo, not ${deed}`);
	if (deed === 'echo' && (!process.stdin.isTTY || !process.stdout.isTTY)) {
		return refuse(
			'terminal.none',
			'keys can only be echoed in a terminal',
			'weir keymap check',
		);
	}
	const { json, environment } = call;
	const repository = await repositoryOf(call);
	const root = repository.ok ? repository.value.root : null;
	return ok({ door: 'keymap', options: { deed, json, root, environment } });
};
