// A permission as a question in weir's inbox, in the words in which Claude Code's hooks ask for theirs.
import { counted } from '../../lib/counted.ts';
import type { AgentDoor } from '../agent-door.ts';
import type { Verdict } from '../permission.ts';
import type { Plan } from '../tools/tool.ts';

const longest = 4000;
const shownLines = 40;

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

/** The change as far as there is room for it, and how much more there is to see in its pane. */
function changeOf({ diff, subject }: Plan): string {
	const signs = { same: ' ', added: '+', removed: '-' };
	const changed = diff.filter(({ kind }) => kind !== 'same');
	const shown: string[] = [];
	let room = longest;
	for (const { kind, text } of changed.slice(0, shownLines)) {
		const line = `${signs[kind]} ${text}`;
		room -= line.length + 1;
		if (room < 0) break;
		shown.push(line);
	}
	const left = changed.length - shown.length;
	const more = left > 0 ? `${counted(left, 'more line')}, ` : '';
	const cut = left > 0 || subject.length > longest;
	return [...shown, ...(cut ? [`… ${more}all of it by v in its pane`] : [])].join('\n');
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
