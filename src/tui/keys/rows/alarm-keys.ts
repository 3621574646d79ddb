// The rows of the key table for an alarm in the inbox.
import { alarmsIn } from '../../../domain/alarm/alarms.ts';
import { type Refusal, refusal } from '../../../lib/outcome.ts';
import { itemAimedAt } from '../../inbox/inbox-list.ts';
import type { KeyRow, Situation } from '../key-row.ts';

const ofAlarm = { contexts: ['inbox'], keyOnly: true } as const;

export const alarmKeys = [
	{
		...ofAlarm,
		action: 'alarm.place',
		keys: ['e'],
		help: 'of an alarm: open the first failure in your editor',
		hint: 'open in editor',
		weight: 86,
		hinted: (situation) => whyNoPlace(situation) === null,
		whyNot: whyNoPlace,
	},
	{
		...ofAlarm,
		action: 'alarm.run',
		keys: ['g'],
		help: 'of an alarm: run the gates of its branch again',
		hint: 'run again',
		weight: 85,
		hinted: (situation) => whyNoAlarm(situation) === null,
		whyNot: whyNoAlarm,
	},
] as const satisfies readonly KeyRow[];

function alarmAimedAt({ state, view }: Situation) {
	const item = itemAimedAt(state, view);
	return alarmsIn(state).find(({ id }) => id === item?.id);
}

function whyNoAlarm(situation: Situation): Refusal | null {
	return alarmAimedAt(situation)
		? null
		: refusal('alarm.none', 'this is no alarm', '{inbox.open} goes to its pane');
}

function whyNoPlace(situation: Situation): Refusal | null {
	const alarm = alarmAimedAt(situation);
	if (!alarm) return whyNoAlarm(situation);
	const named = alarm.failure !== null && alarm.failure.file !== null;
	return named
		? null
		: refusal(
				'alarm.place',
				'no place of the failure could be read',
				'{inbox.open} shows what the gate printed',
			);
}
