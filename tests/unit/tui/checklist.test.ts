import { expect, test } from 'vitest';
import type { AgentId } from '../../../src/domain/ids.ts';
import {
	afterEvent,
	afterKey,
	checklistLine,
	checklistOf,
} from '../../../src/tui/chrome/checklist.ts';
import { builtInKeymap } from '../../../src/tui/keys/keymap.ts';
import { rowOf } from '../../../src/tui/keys/keys.ts';
import { unicodeGlyphs } from '../../../src/tui/look/glyphs.ts';
import { lineWidth } from '../../../src/tui/paint/spans.ts';
import { shownAgents } from '../../../src/tui/view.ts';
import { Core } from '../../support/domain.ts';

const start = checklistOf([
	{ action: 'attention.next', text: '{attention.next} jumps' },
	{ action: 'agent.kill', text: '{agent.kill} kills; {undo.open} brings it back' },
	{ action: 'agent.merge', text: '{agent.merge} merges; y lands' },
	{ action: 'undo.open', text: '{undo.open} takes back' },
]);
const nobody = { agents: [], focus: null, keymap: builtInKeymap };

function press(list: typeof start, key: string): typeof start {
	const row = rowOf(builtInKeymap, 'nav', key);
	if (!row) throw new Error(`${key} is not bound`);
	return afterKey(list, row.action);
}

const happen = (
	list: typeof start,
	kind: Parameters<typeof afterEvent>[1]['kind'],
	cause = 'effect:1',
) => afterEvent(list, { kind, cause });
const said = (list: typeof start, width: number) =>
	checklistLine(list, nobody, width, unicodeGlyphs)
		.map(({ text }) => text)
		.join('')
		.trimEnd();

test('what was tried is ticked off in its place, what was not stays', () => {
	expect(said(start, 80)).toMatch(/^ try {2}n jumps {3,}n x m u {2}0 of 4 tried$/);
	const killed = happen(start, 'snapshot.asked', 'command:agent.kill');
	expect(said(killed, 80)).toMatch(/^ try {2}n jumps {3,}n ✓x m u {2}1 of 4 tried$/);
	expect(said(press(killed, 'n'), 80)).toMatch(
		/^ try {2}m merges; y lands {3,}✓n ✓x m u /,
	);
});

test('a key that only opens a card, or answers one, is not enough: what was done counts', () => {
	const opened = press(press(press(start, 'x'), 'm'), 'u');
	expect(opened).toBe(start);
	const closes = rowOf(builtInKeymap, 'loss', 'n');
	const takesBack = rowOf(builtInKeymap, 'undo', 'u');
	for (const row of [closes, takesBack])
		expect(row && afterKey(start, row.action)).toBe(start);
	const landed = happen(start, 'merge.landed');
	expect(landed.map(({ done }) => done)).toEqual([false, false, true, false]);
	expect(happen(landed, 'agent.started')).toBe(landed);
	expect(happen(landed, 'merge.undone').map(({ done }) => done)).toEqual([
		false,
		false,
		true,
		true,
	]);
});

test('the line fits every width and ends by saying how to leave', () => {
	for (const width of [40, 80, 120, 240])
		expect(
			lineWidth(checklistLine(start, nobody, width, unicodeGlyphs)),
		).toBeLessThanOrEqual(width);
	const all = start.map((trial) => ({ ...trial, done: true }));
	expect(said(all, 80)).toBe(' ✓ all 4 tried: Q leaves the demo');
});

test('what can be tried now is said first, about the agent by its name', () => {
	const list = checklistOf([
		{
			action: 'attention.next',
			text: '{attention.next} jumps to {agent}',
			on: 'needy',
			before: 'later n jumps',
		},
		{
			action: 'agent.respawn',
			text: '{agent.respawn} respawns {agent}',
			on: 'crashed',
			before: 'later R respawns',
			elsewhere: '{agent} crashed: {attention.next} goes there',
		},
		{ action: 'agent.kill', text: '{agent.kill} kills one' },
	]);
	const core = new Core();
	const api = core.running('api');
	const flaky = core.running('flaky');
	const said = (trials: typeof list, focus: AgentId) =>
		checklistLine(
			trials,
			{ ...nobody, agents: shownAgents(core.state), focus },
			80,
			unicodeGlyphs,
		)
			.map(({ text }) => text)
			.join('');
	expect(said(list, api)).toContain('x kills one');
	const killed = happen(list, 'snapshot.asked', 'command:agent.kill');
	expect(said(killed, api)).toContain('later n jumps');
	core.exits('flaky', 1);
	expect(said(list, api)).toContain('n jumps to flaky');
	const jumped = press(list, 'n');
	expect(said(jumped, api)).toContain('flaky crashed: n goes there');
	expect(said(jumped, flaky)).toContain('R respawns flaky');
	const asks = checklistOf([
		{ action: 'screen.inbox', text: 'answer {agent}', on: 'asking', before: 'later' },
	]);
	expect(said(asks, api)).toContain('later');
	core.submit({
		kind: 'agent.observe',
		agent: api,
		generation: 1,
		...{ state: 'asks', source: 'osc7501', inferred: false, why: 'which?' },
	});
	expect(said(asks, flaky)).toContain('answer api');
	expect(press(asks, 'n')).toBe(asks);
	const answered = happen(asks, 'question.answered', 'command:question.answer');
	expect(answered.map(({ done }) => done)).toEqual([true]);
});
