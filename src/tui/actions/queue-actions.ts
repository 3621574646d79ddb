// What keys do about the landing queue: move over it, give an entry another place, hold it, land all that
// is ready.
import { holds } from '../../domain/area.ts';
import { type QueueEntry, readyIn } from '../../domain/queue/queue.ts';
import { counted } from '../../lib/counted.ts';
import { type Outcome, ok, type Refusal } from '../../lib/outcome.ts';
import type { ClientResponses } from '../../protocol/client.ts';
import type { Dialog } from '../cards/dialog.ts';
import { emptyField } from '../chrome/text-field.ts';
import type { ActionId } from '../keys/keys.ts';
import { headRows } from '../queue/queue-lines.ts';
import { entryAimedAt, firstShown, listedQueue } from '../queue/queue-list.ts';
import { QueueMoves } from '../queue/queue-moves.ts';
import { queuePlace } from '../queue/queue-place.ts';
import { type Act, attend, type Controls, done, openNow, remark } from './controls.ts';
import { focusOn } from './focus-actions.ts';
import { showScreen } from './inbox-actions.ts';

export const queueActions = {
	'screen.queue': (controls) => showScreen(controls, 'queue'),
	'queue.down': (controls) => moveQueue(controls, 1),
	'queue.up': (controls) => moveQueue(controls, -1),
	'queue.first': (controls) => moveQueue(controls, Number.NEGATIVE_INFINITY),
	'queue.end': (controls) => moveQueue(controls, Number.POSITIVE_INFINITY),
	'queue.later': (controls) => moveEntry(controls, 1),
	'queue.earlier': (controls) => moveEntry(controls, -1),
	'queue.hold': holdOrRelease,
	'queue.hand-off': openConflict,
	'queue.all': openLandAll,
	'queue.pane': openPane,
} as const satisfies Readonly<Partial<Record<ActionId, Act>>>;

/** The cursor so many rows down. */
export function moveQueue(controls: Controls, by: number): void {
	pick(controls, listedQueue(controls.view).at + by);
}

function pick(controls: Controls, row: number): void {
	const { entries } = listedQueue(controls.view);
	const at = Math.max(0, Math.min(row, entries.length - 1));
	controls.change({ kind: 'queue', queue: { at } });
	focusOn(controls, entries[at]?.agent.id);
}

/** A click into the list. */
export function clickQueue(controls: Controls, x: number, y: number): void {
	const { state, view, arrangement } = controls;
	const inner = queuePlace(state, view, arrangement.body)?.list.inner;
	if (!inner || !holds(inner, x, y) || y < inner.y + headRows) return;
	const listed = listedQueue(view);
	const row = firstShown(listed, inner.height - headRows) + y - inner.y - headRows;
	if (row < listed.entries.length) pick(controls, row);
}

const moves = new QueueMoves();

/** The entry changes places with its neighbour, and the cursor goes with it. */
async function moveEntry(controls: Controls, by: 1 | -1): Promise<void> {
	const { entries, at } = listedQueue(controls.view);
	const entry = entries[at];
	if (!entry) return;
	focusOn(controls, entry.agent.id);
	const kind = by === 1 ? 'after' : 'before';
	const { name } = entry.agent;
	const shown = entries.map(({ agent }) => agent.name);
	const other = await moves.move(shown, name, by, async (beside) => {
		const place = { kind, other: beside } as const;
		const moved = await attend(
			controls,
			`moving ${name}`,
			controls.ask('queue.move', { agent: name, place }),
		);
		return moved && moved.queue.map(({ agent }) => agent);
	});
	if (other !== null) done(controls, `${name} lands ${kind} ${other}`);
}

/** A hold may have a reason; a release needs none. */
async function holdOrRelease(controls: Controls): Promise<void> {
	const entry = entryAimedAt(controls.view);
	if (!entry) return;
	const { name } = entry.agent;
	if (!entry.held) return openNow(controls, { kind: 'hold', name, field: emptyField });
	const released = await attend(
		controls,
		`releasing ${name}`,
		controls.ask('queue.release', { agents: [name] }),
	);
	if (released) done(controls, `${name} may land again`);
}

/** Enter in the card of a hold. */
export async function hold(
	controls: Controls,
	{ name, field }: Extract<Dialog, { kind: 'hold' }>,
): Promise<void> {
	controls.change({ kind: 'dialog', dialog: null });
	const why = field.text.trim() === '' ? null : field.text.trim();
	const held = await attend(
		controls,
		`holding ${name}`,
		controls.ask('queue.hold', { agents: [name], why }),
	);
	if (held)
		done(
			controls,
			`${name} does not land before it is released`,
			'{queue.hold} releases it',
		);
}

/** The conflict with the base, which its card gives to somebody. */
function openConflict(controls: Controls): void {
	const entry = entryAimedAt(controls.view);
	if (!entry?.conflicts || entry.conflicts.length === 0) return;
	const { id, name, base } = entry.agent;
	openNow(controls, {
		...{ kind: 'conflict', agent: id, name, base: base.branch },
		...{ files: entry.conflicts, include: 'committed' },
	});
}

function openPane(controls: Controls): void {
	const entry = entryAimedAt(controls.view);
	showScreen(controls, 'panes');
	focusOn(controls, entry?.agent.id);
}

/** All that is ready, whichever of them are listed. */
function openLandAll(controls: Controls): void {
	const { entries } = controls.view.queue;
	const ready = readyIn(entries);
	openNow(controls, {
		kind: 'land-all',
		names: ready.map(({ agent }) => agent.name),
		others: entries.length - ready.length,
		bases: [...new Set(ready.map(({ agent }) => agent.base.branch))],
		uncommitted: uncommittedIn(controls, ready),
	});
}

function uncommittedIn(controls: Controls, entries: readonly QueueEntry[]): number {
	return entries
		.map(({ agent }) => controls.observed(agent.id).diff?.uncommitted ?? 0)
		.reduce((sum, more) => sum + more, 0);
}

type Landed = ClientResponses['merge'];

/** Asked for at once, in the order of the queue: those that land together are for the supervisor to say. */
export async function landAll(
	controls: Controls,
	{ names }: Extract<Dialog, { kind: 'land-all' }>,
): Promise<void> {
	controls.change({ kind: 'dialog', dialog: null });
	const asked = names.map((agent) =>
		controls.ask('merge', {
			...{ agent, wait: true, into: null, strategy: null, message: null },
			include: 'committed',
		}),
	);
	const outcomes = await attend(
		controls,
		`merging ${counted(names.length, 'agent')}`,
		Promise.all(asked).then((all) => ok(all)),
	);
	if (outcomes) tellLanded(controls, names, outcomes);
}

function tellLanded(
	controls: Controls,
	names: readonly string[],
	outcomes: readonly Outcome<Landed>[],
): void {
	const refused = outcomes.flatMap((outcome, at) => {
		const why = whyNotLanded(outcome);
		return why === null ? [] : [{ name: names[at] ?? '', why }];
	});
	const landed = names.length - refused.length;
	const [first] = refused;
	const merged = `merged ${counted(landed, 'agent')}`;
	if (!first) return done(controls, merged, '{undo.open} takes the last one back');
	const more = refused.length === 1 ? '' : ` and ${refused.length - 1} more`;
	remark(
		controls,
		`${merged}; not ${first.name}${more}: ${first.why.message}`,
		first.why.allow ?? null,
	);
}

function whyNotLanded(outcome: Outcome<Landed>): Refusal | null {
	if (!outcome.ok) return outcome.refusal;
	if (outcome.value.phase !== 'conflicted') return null;
	return {
		code: 'merge.conflict',
		message: `it conflicts in ${counted(outcome.value.files.length, 'file')}`,
		allow: '{queue.hand-off} hands it over',
	};
}
