// The alarms that are on: which they are, in which words they are told, and what can be done about them.
import { counted } from '../../lib/counted.ts';
import { plainText } from '../../lib/plain-text.ts';
import type { CommandOf } from '../command.ts';
import { type Decision, Draft, refused, unchanged } from '../decision.ts';
import type { Choice } from '../events/question-events.ts';
import type { LandingId } from '../ids.ts';
import type { State } from '../state.ts';
import type { Alarm, AlarmCause } from './alarm.ts';

/** Raised and not over; the oldest first. */
export function alarmsIn({ baseGates }: Pick<State, 'baseGates'>): readonly Alarm[] {
	return Object.values(baseGates)
		.flatMap(({ gates }) => Object.values(gates).map(({ alarm }) => alarm))
		.filter((alarm) => alarm !== null)
		.toSorted(
			(one, other) => one.at.localeCompare(other.at) || one.id.localeCompare(other.id),
		);
}

/** Those that nobody has acknowledged. */
export function openAlarms(state: Pick<State, 'baseGates'>): readonly Alarm[] {
	return alarmsIn(state).filter(({ acknowledged }) => acknowledged === null);
}

export function decideAcknowledge(
	state: State,
	{ alarm: id }: CommandOf<'alarm.acknowledge'>,
): Decision {
	const alarm = alarmsIn(state).find((one) => one.id === id);
	if (!alarm)
		return refused({
			code: 'item.gone',
			message: `there is no ${id} in the inbox any more`,
			allow: 'weir inbox',
		});
	if (alarm.acknowledged) return unchanged;
	return new Draft(state).add('alarm.acknowledged', { alarm: id }).done();
}

/** `test is red on main since api landed` */
export function alarmText({
	gate,
	branch,
	causes,
	more,
}: Pick<Alarm, 'gate' | 'branch' | 'causes' | 'more'>): string {
	const [only] = causes;
	const since =
		causes.length === 1 && more === 0 && only
			? sinceWords(only)
			: `one of ${counted(causes.length + more, 'move')}`;
	return `${gate} is red on ${branch} since ${since}`;
}

function sinceWords(cause: AlarmCause): string {
	switch (cause.by) {
		case 'landing':
			return `${cause.name} landed (${cause.landing})`;
		case 'undo':
			return `the landing of ${cause.name} was taken back (${cause.landing})`;
		case 'others':
			return 'others moved it';
	}
}

/** Line by line: what failed, what may have caused it, and what it was before. */
export function alarmDetail(alarm: Alarm): string {
	const { causes, more, before, gate, first } = alarm;
	const several = causes.length + more > 1;
	return [
		failureLine(alarm) ?? (first === null ? null : plainText(first, 200)),
		several ? 'one of these, which one is a guess:' : null,
		...(several ? causes.toReversed().map(causeLine) : causes.flatMap(onlyCause)),
		more > 0 ? `and ${more} before them` : null,
		before?.word === 'passed'
			? `${gate} was green on ${before.commit.slice(0, 10)}`
			: `what ${gate} says of it before that is not known`,
	]
		.filter((line) => line !== null)
		.join('\n');
}

function failureLine({ failure, failures }: Alarm): string | null {
	if (failure === null) return null;
	const { name, file, line, message } = failure;
	const place = file === null ? '' : `${file}:${line ?? 1} `;
	const named = name === null ? '' : `${name}: `;
	const more = (failures ?? 1) > 1 ? `, and ${(failures ?? 1) - 1} more` : '';
	return plainText(`${place}${named}${message}`, 300) + more;
}

/** What the first line does not say already. */
function onlyCause(cause: AlarmCause): string[] {
	if (cause.by === 'undo') return [];
	return [cause.by === 'landing' ? plainText(cause.subject, 200) : causeLine(cause)];
}

function causeLine(cause: AlarmCause): string {
	switch (cause.by) {
		case 'landing':
			return `${cause.landing} ${cause.name}: ${plainText(cause.subject, 200)}`;
		case 'undo':
			return `${cause.landing} of ${cause.name} was taken back`;
		case 'others': {
			const { commits, subject, old } = cause;
			const from = old === null ? '' : `from ${old.slice(0, 10)} `;
			const many = commits === null ? '' : `, ${counted(commits, 'commit')}`;
			const newest = subject === null ? '' : `: ${plainText(subject, 200)}`;
			return `moved by others ${from}to ${cause.new.slice(0, 10)}${many}${newest}`;
		}
	}
}

/** Landings that can be the cause and stand on the branch, the newest first. */
export function suspects(state: State, { causes }: Alarm): readonly LandingId[] {
	return causes
		.flatMap((cause) => (cause.by === 'landing' ? [cause.landing] : []))
		.filter((landing) => state.landings[landing]?.phase === 'landed')
		.toReversed();
}

/** A choice that is no landing. */
export const acknowledges = 'ack';
const landingsOffered = 3;

export function alarmChoices(state: State, alarm: Alarm): readonly Choice[] {
	const nameOf = (id: LandingId) => {
		const cause = alarm.causes.find((one) => one.by === 'landing' && one.landing === id);
		return cause?.by === 'landing' ? cause.name : id;
	};
	return [
		...suspects(state, alarm)
			.slice(0, landingsOffered)
			.map((landing) => ({
				key: landing,
				label: `take back the landing of ${nameOf(landing)}`,
				free: false,
			})),
		{ key: acknowledges, label: 'acknowledge it: told no longer', free: false },
	];
}
