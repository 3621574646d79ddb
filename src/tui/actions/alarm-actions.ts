// What keys do about an alarm in the inbox: read what its gate printed, open what failed, run it again,
// acknowledge it, and show the landing that may be taken back.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Alarm } from '../../domain/alarm/alarm.ts';
import { acknowledges, alarmsIn } from '../../domain/alarm/alarms.ts';
import type { Choice } from '../../domain/events/question-events.ts';
import type { LandingId } from '../../domain/ids.ts';
import type { InboxItem } from '../../domain/inbox.ts';
import { editorArgv } from '../../lib/editor.ts';
import { readingRows } from '../cards/card.ts';
import { refusalMessage } from '../chrome/message-line.ts';
import { printedLines } from '../gates/printed-lines.ts';
import { itemAimedAt } from '../inbox/inbox-list.ts';
import type { ActionId } from '../keys/keys.ts';
import { type Act, attend, type Controls, done, openNow, remark } from './controls.ts';

export const alarmActions = {
	'alarm.place': openPlace,
	'alarm.run': runAgain,
} as const satisfies Readonly<Partial<Record<ActionId, Act>>>;

function aimedAt({ state, view }: Controls): Alarm | null {
	const item = itemAimedAt(state, view);
	return alarmsIn(state).find(({ id }) => id === item?.id) ?? null;
}

/** From its end: there is what a run says last. */
export async function readAlarm(controls: Controls): Promise<void> {
	const alarm = aimedAt(controls);
	if (!alarm) return;
	const { branch, gate } = alarm;
	const report = await attend(
		controls,
		`reading what ${gate} printed`,
		controls.ask('base.report', { branch, gate }),
	);
	if (!report) return;
	const lines = printedLines(report.output);
	openNow(controls, {
		kind: 'text',
		shows: 'output',
		title: `${gate} on ${branch}`,
		lines,
		top: Math.max(0, lines.length - readingRows(controls.view)),
		truncated: report.truncated,
		back: null,
	});
}

/** A landing is shown before it is taken back; nothing is asked before an alarm is acknowledged. */
export async function answerAlarm(
	controls: Controls,
	{ id }: InboxItem,
	choice: Choice,
): Promise<void> {
	if (choice.key !== acknowledges) {
		const step = { kind: 'landing', landing: choice.key as LandingId } as const;
		return openNow(controls, { kind: 'undo', step, named: true });
	}
	const body = { question: id, choice: choice.key, text: null, wait: true };
	const told = await attend(
		controls,
		'acknowledging the alarm',
		controls.ask('answer', body),
	);
	if (told) done(controls, 'the alarm is acknowledged', '{screen.gates} and weir gates');
}

async function runAgain(controls: Controls): Promise<void> {
	const alarm = aimedAt(controls);
	if (!alarm) return;
	const { branch } = alarm;
	const asked = await attend(
		controls,
		`asking the gates about ${branch}`,
		controls.ask('base.run', { branch, wait: false }),
	);
	if (asked) done(controls, `the gates run again on ${branch}`);
}

async function openPlace(controls: Controls): Promise<void> {
	const { file = null, line = null } = aimedAt(controls)?.failure ?? {};
	const { root } = controls;
	if (file === null || root === null) return;
	const path = join(root, file);
	if (!existsSync(path)) return remark(controls, `${file} is not in your checkout`);
	const lent = await controls.lend(
		editorArgv(controls.environment, { file: path, line }),
	);
	if (!lent.ok) controls.say(refusalMessage(lent.refusal));
}
