// Puts an item of the inbox off, or brings it back.
import { numberOf, usage } from '../arguments.ts';
import { print, printJson } from '../print.ts';
import { reach } from '../reach.ts';
import { done, type Run } from '../verb.ts';

const usualMinutes = 15;
const mostMinutes = 240;

export const run: Run = async (call) => {
	const [item = ''] = call.words;
	const minutes = numberOf(call, 'minutes', 1, mostMinutes);
	if (!minutes.ok) return minutes;
	const wakes = call.on('wake');
	if (wakes && minutes.value !== null)
		return usage('snooze', '--minutes and --wake do not go together');
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const snoozed = await connection.request('snooze', {
		item,
		minutes: wakes ? null : (minutes.value ?? usualMinutes),
	});
	if (!snoozed.ok) return snoozed;
	const { until } = snoozed.value;
	if (call.json) printJson({ v: 1, item, until });
	else print(until === null ? `${item} is back` : `${item} is put off until ${until}`);
	return done;
};
