// What Claude Code asks by its hook PermissionRequest, and what the hook prints for the answers: a
// permission, a plan to be approved, or questions of its own with their choices.
import type { Choice } from '../domain/events/question-events.ts';
import { type Answer, fieldIn, type HookMeaning, listIn, textIn } from './adapter.ts';

const yes: Choice = { key: 'y', label: 'yes, once', free: false };
const no: Choice = { key: 'n', label: 'no, and why', free: true };

/** What a payload asks; null for what is none. */
export function permissionAsked(payload: unknown): HookMeaning | null {
	const tool = textIn(payload, 'tool_name');
	if (tool === null) return null;
	const input = fieldIn(payload, 'tool_input');
	if (tool === 'AskUserQuestion') return questions(input);
	if (tool === 'ExitPlanMode') return plan(input);
	return permission(tool, input, payload);
}

function permission(tool: string, input: unknown, payload: unknown): HookMeaning {
	const what =
		textIn(input, 'command') ?? textIn(input, 'file_path') ?? JSON.stringify(input ?? {});
	const rules = lastingRules(payload);
	const always: Choice = {
		key: 'a',
		label: 'yes, and always in this conversation',
		free: false,
	};
	const [line = ''] = what.split('\n', 1);
	return {
		kind: 'questions',
		questions: [
			{
				wants: 'approval',
				text: `${tool}: ${line}`,
				detail: [textIn(input, 'description'), what].filter(Boolean).join('\n'),
				choices: rules.length > 0 ? [yes, always, no] : [yes, no],
			},
		],
		print: ([answer]) =>
			decided(
				answer,
				answer?.choice === 'a' ? { updatedPermissions: rules } : {},
				'the user said no',
			),
	};
}

/**
 * What would let it go on without asking, as it proposes it itself. For the conversation alone: kept
 * for longer it would be written into the worktree. A change of its mode is more than was asked for.
 */
function lastingRules(payload: unknown): readonly object[] {
	return listIn(payload, 'permission_suggestions')
		.filter((one) => ['addRules', 'addDirectories'].includes(textIn(one, 'type') ?? ''))
		.map((one) => ({ ...(one as object), destination: 'session' }));
}

function plan(input: unknown): HookMeaning {
	return {
		kind: 'questions',
		questions: [
			{
				wants: 'approval',
				text: 'approve the plan',
				detail: textIn(input, 'plan'),
				choices: [{ ...yes, label: 'yes, go on by it' }, no],
			},
		],
		// Without its input the dialog stays: the tool wants to have been shown to a person.
		print: ([answer]) =>
			decided(answer, { updatedInput: input ?? {} }, 'the user wants another plan'),
	};
}

/** In the words of its own: the answers are part of the tool's input. */
function questions(input: unknown): HookMeaning | null {
	const asked = listIn(input, 'questions');
	if (asked.length === 0) return null;
	const texts = asked.map((one) => textIn(one, 'question') ?? '');
	const labels = asked.map((one) =>
		listIn(one, 'options').map((option) => textIn(option, 'label') ?? ''),
	);
	return {
		kind: 'questions',
		questions: asked.map((one, at) => ({
			wants: 'answer',
			text: texts[at] ?? '',
			detail: descriptions(one),
			choices: [
				...(labels[at] ?? []).map((label, index) => ({
					key: String(index + 1),
					label,
					free: false,
				})),
				{ key: 'o', label: otherThan(one), free: true },
				{ key: 'n', label: 'no answer, and why', free: true },
			],
		})),
		print: (answers) => {
			const given = texts.map((text, at) => {
				const { choice = null, text: words = null } = answers[at] ?? {};
				return [text, words ?? labels[at]?.[Number(choice) - 1] ?? ''];
			});
			const updatedInput = { ...(input as object), answers: Object.fromEntries(given) };
			const refused = answers.find(({ choice }) => choice === 'n');
			return decided(
				refused ?? answers[0],
				{ updatedInput },
				'the user did not want to answer',
			);
		},
	};
}

function otherThan(question: unknown): string {
	return fieldIn(question, 'multiSelect') === true
		? 'several of them, or something else'
		: 'something else';
}

function descriptions(question: unknown): string | null {
	const lines = listIn(question, 'options')
		.map((option) => [textIn(option, 'label'), textIn(option, 'description')])
		.filter(([, description]) => description)
		.map(([label, description]) => `${label}: ${description}`);
	return lines.length > 0 ? lines.join('\n') : null;
}

function decided(answer: Answer | undefined, allowed: object, without: string): string {
	const decision =
		answer === undefined || answer.choice === 'n'
			? { behavior: 'deny', message: answer?.text ?? without }
			: { behavior: 'allow', ...allowed };
	const hookEventName = 'PermissionRequest';
	return JSON.stringify({ hookSpecificOutput: { hookEventName, decision } });
}
