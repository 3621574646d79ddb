// Requests on branches where landings go: a run of their gates, what one said, and answers to an alarm.
import type { Alarm } from '../domain/alarm/alarm.ts';
import { acknowledges, alarmChoices } from '../domain/alarm/alarms.ts';
import { standingOfBase } from '../domain/alarm/base-gates.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { ClientRequest, ClientResponses } from '../protocol/client.ts';
import { baseJson } from '../protocol/gates.ts';
import { followPending } from './follow-effects.ts';
import { reportAlone } from './gate-operations.ts';
import { handleUndo } from './landing-operations.ts';
import type { Desk, Handler, Session } from './session.ts';

/** Anew: what was said of the same files before does not count. */
export const handleBaseRun: Handler<'base.run'> = async ({ branch, wait }, desk) => {
	const asked = await desk.baseGates.ask(branch, true);
	if (!asked.ok) return asked;
	const under = Object.values(desk.loop.state.effects).filter(
		({ kind, data }) => kind === 'base-gates' && data.branch === branch,
	);
	if (under.length === 0 && asked.value.length === 0)
		return refuse(
			'gate.none',
			`no gate is set up for what lands on ${branch}`,
			'weir gates',
		);
	const no = wait ? await followPending(desk.loop, under) : null;
	return no ? { ok: false, refusal: no } : ok(baseJson(desk.loop.state, branch));
};

export const handleBaseReport: Handler<'base.report'> = async (request, desk) => {
	const { branch, gate } = request;
	const known = standingOfBase(desk.loop.state, branch).gates[gate];
	const { store } = desk.world.gates.room;
	// Of a gate that says nothing now, what it said when it raised the alarm.
	const key = known?.verdict?.key ?? known?.alarm?.key;
	const result = key === undefined ? null : await store.find(key);
	if (!result)
		return refuse(
			'gate.not-run',
			`${gate} has said nothing of ${branch} that is still kept`,
			`weir gates run --on ${branch}`,
		);
	return ok(reportAlone(branch, result, await store.output(result.verdict.key)));
};

/** It is acknowledged, or a landing that it names is taken back: as by `weir undo`, with its refusals. */
export async function answerAlarm(
	alarm: Alarm,
	{ choice, wait }: ClientRequest<'answer'>,
	desk: Desk,
	session: Session,
): Promise<Outcome<ClientResponses['answer']>> {
	const { id: item } = alarm;
	if (choice === acknowledges) {
		const command = { kind: 'alarm.acknowledge', alarm: item } as const;
		const done = await desk.loop.submit(command, 'human');
		return done.ok ? ok({ delivered: true }) : done;
	}
	const choices = alarmChoices(desk.loop.state, alarm);
	const landing = choices.find(({ key }) => key === choice)?.key;
	if (landing === undefined)
		return refuse(
			'answer.unknown',
			`the alarm offers no ${choice ?? 'answer in words'}`,
			choices.map(({ key }) => `weir answer ${item} ${key}`).join(', or '),
		);
	const undone = await handleUndo({ landing, revert: false, wait }, desk, session);
	return undone.ok ? ok({ delivered: true }) : undone;
}
