// Whether there is anything to land in spite of.
import type { Agent } from '../../domain/agent.ts';
import { counted } from '../../lib/counted.ts';
import { type Refusal, refusal } from '../../lib/outcome.ts';
import type { Situation } from '../keys/key-row.ts';
import { whyNotLand } from './merge-choice.ts';

/** Gates that said of its work, as of late, that it is not good, or could not say. */
export function redGates({ gates }: Agent): readonly { gate: string; text: string }[] {
	return Object.entries(gates).flatMap(([gate, { verdict }]) => {
		if (verdict === null || verdict.word === 'passed') return [];
		const { failures } = verdict;
		const text =
			verdict.word === 'broken'
				? 'says nothing'
				: failures === null
					? 'is red'
					: `is red, ${counted(failures, 'failure')}`;
		return [{ gate, text }];
	});
}

/** Why there is nothing to override for it; null where there is. */
export function whyNotOverride(agent: Agent): Refusal | null {
	return redGates(agent).length > 0
		? null
		: refusal(
				'gate.not-red',
				`no gate is red for ${agent.name}: it lands as any other`,
				'{agent.merge} merges it',
			);
}

export function whyNotOverrideCard({ state, view }: Situation): Refusal | null {
	const { dialog } = view;
	if (dialog?.kind !== 'merge') return null;
	const agent = state.agents[dialog.agent];
	return whyNotLand(dialog) ?? (agent ? whyNotOverride(agent) : null);
}
