// A permission as a question in weir's inbox, in the words in which Claude Code's hooks ask for theirs.
import type { AgentDoor } from '../agent-door.ts';
import type { Verdict } from '../permission.ts';
import type { Plan } from '../tools/tool.ts';

const longest = 4000;

/** Waits until somebody answers there; for ever where the answer cannot be read. */
export async function askInbox(
	door: AgentDoor,
	plan: Plan,
	signal: AbortSignal,
): Promise<Verdict> {
	const printed = await door.hook(
		{
			hook_event_name: 'PermissionRequest',
			tool_name: plan.verb,
			tool_input: {
				command: plan.subject.slice(0, longest),
				description: changeOf(plan),
			},
			permission_suggestions: [{ type: 'addRules', destination: 'session' }],
		},
		signal,
	);
	const decision = decisionIn(printed);
	if (decision) return decision;
	return new Promise((_resolve, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason), { once: true });
	});
}

function changeOf({ diff }: Plan): string {
	const signs = { same: ' ', added: '+', removed: '-' };
	return diff
		.filter(({ kind }) => kind !== 'same')
		.slice(0, 40)
		.map(({ kind, text }) => `${signs[kind]} ${text}`)
		.join('\n')
		.slice(0, longest);
}

function decisionIn(printed: string): Verdict | null {
	let value: unknown;
	try {
		value = JSON.parse(printed);
	} catch {
		// Nothing is printed where nobody decided there.
		return null;
	}
	const decision = fieldOf(fieldOf(value, 'hookSpecificOutput'), 'decision');
	const behavior = fieldOf(decision, 'behavior');
	if (behavior !== 'allow' && behavior !== 'deny') return null;
	const words = fieldOf(decision, 'message');
	return {
		yes: behavior === 'allow',
		always: fieldOf(decision, 'updatedPermissions') !== undefined,
		words: typeof words === 'string' ? words : null,
	};
}

function fieldOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null
		? Reflect.get(value, name)
		: undefined;
}
