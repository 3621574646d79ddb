// What keys do about gates: move over their table, run them, read what they printed, tell the agent, open
// the place of a failure.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { holds } from '../../domain/area.ts';
import { counted } from '../../lib/counted.ts';
import { editorArgv } from '../../lib/editor.ts';
import { readingRows } from '../cards/card.ts';
import { refusalMessage } from '../chrome/message-line.ts';
import {
	cellAimedAt,
	failureAimedAt,
	reportAimedAt,
	tableOf,
} from '../gates/gate-table.ts';
import { gatesPlace } from '../gates/gates-place.ts';
import { cellAt } from '../gates/table-lines.ts';
import type { ActionId } from '../keys/keys.ts';
import {
	type Act,
	attend,
	type Controls,
	done,
	focusedIn,
	openNow,
	remark,
} from './controls.ts';
import { focusOn } from './focus-actions.ts';
import { showScreen } from './inbox-actions.ts';
import { openOverride } from './override-actions.ts';

export const gateActions = {
	'screen.gates': (controls) => showScreen(controls, 'gates'),
	'gates.down': (controls) => moveGates(controls, { down: 1 }),
	'gates.up': (controls) => moveGates(controls, { down: -1 }),
	'gates.right': (controls) => moveGates(controls, { right: 1 }),
	'gates.left': (controls) => moveGates(controls, { right: -1 }),
	'gates.first': (controls) => moveGates(controls, { down: Number.NEGATIVE_INFINITY }),
	'gates.end': (controls) => moveGates(controls, { down: Number.POSITIVE_INFINITY }),
	'failure.next': (controls) => moveFailure(controls, 1),
	'failure.previous': (controls) => moveFailure(controls, -1),
	'gate.run': runGate,
	'gate.all': runAll,
	'gate.tell': tellAgent,
	'gate.override': openOverride,
	'gate.output': readOutput,
	'gate.place': openPlace,
} as const satisfies Readonly<Partial<Record<ActionId, Act>>>;

/** The cursor so many rows down and columns to the right. */
export function moveGates(
	controls: Controls,
	{ down = 0, right = 0 }: { readonly down?: number; readonly right?: number },
): void {
	const { row, column } = tableOf(controls.state, controls.view);
	pick(controls, row + down, column + right);
}

function pick(controls: Controls, row: number, column: number): void {
	const { gates, agents } = tableOf(controls.state, controls.view);
	const within = (at: number, count: number) => Math.max(0, Math.min(at, count - 1));
	const gate = gates[within(column, gates.length)] ?? null;
	controls.change({ kind: 'gates', gates: { gate, failure: 0 } });
	focusOn(controls, agents[within(row, agents.length)]?.agent.id);
}

/** A click into the table. */
export function clickGates(controls: Controls, x: number, y: number): void {
	const { state, view, arrangement } = controls;
	const inner = gatesPlace(state, view, arrangement.body)?.list.inner;
	if (!inner || !holds(inner, x, y)) return;
	const table = tableOf(state, view);
	const hit = cellAt(table, inner, { x: x - inner.x, y: y - inner.y });
	if (hit) pick(controls, hit.row, hit.column ?? table.column);
}

function moveFailure(controls: Controls, by: number): void {
	const { state, view, change } = controls;
	const report = reportAimedAt(state, view);
	const marked = failureAimedAt(state, view);
	if (!report?.told.ok || !marked) return;
	const last = report.told.value.failures.length - 1;
	const failure = Math.max(0, Math.min(marked.at + by, last));
	change({ kind: 'gates', gates: { failure } });
}

async function runGate(controls: Controls): Promise<void> {
	const cell = cellAimedAt(controls.state, controls.view);
	if (!cell) return;
	const { agent, gate } = cell;
	const asked = await attend(
		controls,
		`asking ${gate} about ${agent.name}`,
		controls.ask('gate.run', {
			agent: agent.name,
			gates: [gate],
			wait: false,
			anew: true,
		}),
	);
	if (asked) done(controls, `${gate} runs again on what ${agent.name} has now`);
}

/** All gates of the agent that keys are about. */
async function runAll(controls: Controls): Promise<void> {
	const agent = focusedIn(controls);
	if (!agent) return;
	const asked = await attend(
		controls,
		`asking the gates about ${agent.name}`,
		controls.ask('gate.run', {
			agent: agent.name,
			gates: null,
			wait: false,
			anew: true,
		}),
	);
	if (!asked) return;
	const allow = controls.view.screen === 'panes' ? '{screen.gates} shows them' : null;
	const some = counted(asked.gates.length, 'gate');
	const run = asked.gates.length === 1 ? 'runs' : 'run';
	done(controls, `${some} ${run} on what ${agent.name} has now`, allow);
}

async function tellAgent(controls: Controls): Promise<void> {
	const cell = cellAimedAt(controls.state, controls.view);
	if (!cell) return;
	const { agent, gate } = cell;
	const told = await attend(
		controls,
		`telling ${agent.name}`,
		controls.ask('gate.tell', { agent: agent.name, gate }),
	);
	if (told) done(controls, `${agent.name} is told, once it is idle, what ${gate} found`);
}

/** From its end: there is what a run says last. */
function readOutput(controls: Controls): void {
	const cell = cellAimedAt(controls.state, controls.view);
	const report = reportAimedAt(controls.state, controls.view);
	if (!cell || !report?.told.ok) return;
	const { lines } = report;
	openNow(controls, {
		kind: 'text',
		shows: 'output',
		title: `${cell.gate} of ${cell.agent.name}`,
		lines,
		top: Math.max(0, lines.length - readingRows(controls.view)),
		truncated: report.told.value.truncated,
		back: null,
	});
}

async function openPlace(controls: Controls): Promise<void> {
	const agent = focusedIn(controls);
	const { file = null, line = null } =
		failureAimedAt(controls.state, controls.view)?.failure ?? {};
	if (!agent || file === null) return;
	const path = join(agent.path, file);
	if (!existsSync(path))
		return remark(controls, `${file} is not in the worktree of ${agent.name} any more`);
	const lent = await controls.lend(
		editorArgv(controls.environment, { file: path, line }),
	);
	if (!lent.ok) controls.say(refusalMessage(lent.refusal));
}
