// Opens weir's own agent: asks for its door, which `bin` loads.
import { installedVersion } from '../../lib/installation.ts';
import { ok } from '../../lib/outcome.ts';
import { numberOf, usage } from '../arguments.ts';
import { readInput } from '../input.ts';
import type { OwnAgentWish, Run } from '../verb.ts';

const modes: readonly OwnAgentWish['mode'][] = ['ask', 'edits', 'all', 'read'];
const most = 2 ** 40;

export const run: Run = async (call) => {
	const said = call.text('permission-mode') ?? 'ask';
	const mode = modes.find((one) => one === said);
	if (!mode) return usage('agent', `--permission-mode is one of ${modes.join(', ')}`);
	const maxTokens = numberOf(call, 'max-tokens', 1, most);
	if (!maxTokens.ok) return maxTokens;
	const maxCost = numberOf(call, 'max-cost', 0.01, most);
	if (!maxCost.ok) return maxCost;
	const window = numberOf(call, 'window', 1000, most);
	if (!window.ok) return window;
	if (call.text('resume') !== null && call.text('conversation') !== null)
		return usage('agent', '--resume and --conversation each name one');
	const words = [...call.words, ...(call.rest ?? [])].join(' ').trim();
	if (words === '-' && !call.on('print'))
		return usage(
			'agent',
			'a prompt is read with --print: without it what is typed is read',
		);
	const prompt = words === '-' ? (await readInput()).trim() : words;
	return ok({
		door: 'agent',
		options: {
			folder: call.folder,
			environment: call.environment,
			version: installedVersion,
			prompt: prompt === '' ? null : prompt,
			resume: call.text('resume'),
			conversation: call.text('conversation'),
			print: call.on('print'),
			json: call.json,
			mode,
			provider: call.text('provider'),
			model: call.text('model'),
			baseUrl: call.text('base-url'),
			window: window.value,
			maxTokens: maxTokens.value,
			maxCost: maxCost.value,
			addDirs: call.texts('add-dir'),
			instructions: call.text('instructions'),
		},
	});
};
