// The names of all settings, dotted as people type them. Apart from the schema, so that verbs know
// them without loading zod.
import { nearestWord } from '../lib/nearest-word.ts';

/** Every key that a settings file may have, dotted. */
export const settingKeys = [
	'base',
	'branch.prefix',
	'worktree.root',
	'worktree.copy',
	'worktree.link',
	'worktree.link_by',
	'worktree.setup',
	'worktree.teardown',
	'worktree.ports.from',
	'worktree.ports.each',
	'holder.agents',
	'agents',
	'default_agent',
	'gates',
	'gate_slots',
	'guard.mode',
	'guard.on_write',
	'guard.noise',
	'guard.caches',
	'guard.sockets',
	'land.strategy',
	'land.sign',
	'land.require',
	'land.after',
	'land.message',
	'budget.agent.usd',
	'budget.agent.tokens',
	'budget.agent.hours',
	'budget.agent.tries',
	'budget.day.usd',
	'budget.day.tokens',
	'prices',
	'snapshots.keep_days',
	'recordings.megabytes_per_agent',
	'attention.notify',
	'attention.notify_cmd',
	'attention.bell',
	'attention.quiet',
	'attention.texts',
	'attention.stuck_after',
	'layout',
	'theme',
	'mouse',
	'reduced_motion',
] as const;

const kindKeys = [
	'command',
	'stop',
	'restart',
	'prompt',
	'like',
	'resume',
	'rules',
	'usage',
];

/** What was most likely meant by a key that there is not, a group of settings or one of them. */
export function nearestSetting(key: string): string | undefined {
	const [first, kind, word = ''] = key.split('.');
	if (first === 'agents' && kind !== undefined) {
		const near = nearestWord(word, kindKeys);
		return near && `agents.${kind}.${near}`;
	}
	return (
		nearestWord(key, new Set(settingKeys.flatMap(partsOf))) ??
		settingKeys.find((name) => name.endsWith(`.${key}`))
	);
}

/** The sentence on a key that there is not. */
export function noSetting(key: string): string {
	const near = nearestSetting(key);
	return `there is no setting ${key}${near ? `; did you mean ${near}?` : ''}`;
}

/** `worktree.ports.from` and the groups it lies in. */
function partsOf(key: string): string[] {
	const parts = key.split('.');
	return parts.map((_, count) => parts.slice(0, parts.length - count).join('.'));
}
