import { describe, expect, test } from 'vitest';
import type { Direction } from '../../../src/domain/neighbour.ts';
import { nextLayout } from '../../../src/tui/layouts/next-layout.ts';
import { swapPartner } from '../../../src/tui/layouts/swap.ts';
import { swapped } from '../../../src/tui/panes/pane-order.ts';
import {
	arrangementOf,
	initialView,
	shownAgents,
	type View,
} from '../../../src/tui/view.ts';
import { changeView, type ViewChange } from '../../../src/tui/view-change.ts';
import { Core } from '../../support/domain.ts';

function looking(
	columns: number,
	rows: number,
	names: readonly string[],
	...changes: readonly ViewChange[]
) {
	const core = new Core();
	for (const name of names) core.running(name);
	const agents = shownAgents(core.state);
	const view = [{ kind: 'agents', agents } as const, ...changes].reduce<View>(
		changeView,
		initialView({ columns, rows }, 0),
	);
	return { core, state: core.state, view, agents };
}

const four = ['api', 'web', 'docs', 'cli'];

describe('the next layout', () => {
	test('is one that fits and shows something else, and comes round to auto', () => {
		const { state, view } = looking(120, 36, four);
		const seen = ['main-stack', 'strips', 'auto'];
		let now = view;
		for (const layout of seen) {
			const next = nextLayout({ state, view: now });
			expect(next).toBe(layout);
			now = changeView(now, { kind: 'layout', layout: next ?? 'auto' });
		}
	});

	test('is none where all look the same', () => {
		const { state, view } = looking(80, 24, four);
		expect(nextLayout({ state, view })).toBeNull();
	});
});

describe('a swap', () => {
	const partner = (look: ReturnType<typeof looking>, direction: Direction) => {
		const found = swapPartner(look, direction);
		return found.ok ? found.value.name : found.refusal.code;
	};

	test('takes the pane in a direction, and keeps the set of panes', () => {
		const look = looking(120, 36, four);
		expect(partner(look, 'right')).toBe('web');
		expect(partner(look, 'down')).toBe('docs');
		expect(partner(look, 'left')).toBe('swap.none');
		const [api, web] = look.agents;
		if (!api || !web) throw new Error('no agents');
		const order = swapped(look.agents, [], api.id, web.id);
		const view = changeView(look.view, { kind: 'order', order });
		const panes = (one: View) =>
			arrangementOf(look.state, one).tiles.map(
				({ pane }) => look.state.agents[pane]?.name,
			);
		expect(panes(view)).toEqual(['web', 'api', 'docs', 'cli']);
		expect(new Set(panes(look.view))).toEqual(new Set(panes(view)));
	});

	test('of strips stays in its bay', () => {
		const look = looking(80, 24, four, { kind: 'layout', layout: 'strips' });
		expect(partner(look, 'down')).toBe('web');
		expect(partner(look, 'left')).toBe('swap.strips');
		look.core.exits('web', 1);
		expect(partner({ ...look, state: look.core.state }, 'down')).toBe('docs');
		expect(partner({ ...look, state: look.core.state }, 'up')).toBe('swap.bay');
	});

	test('outlives agents that come and go', () => {
		const { core, view, agents } = looking(120, 36, ['api', 'web']);
		const [api, web] = agents;
		if (!api || !web) throw new Error('no agents');
		const order = swapped(agents, [], api.id, web.id);
		const late = core.running('late');
		const after = changeView(changeView(view, { kind: 'order', order }), {
			kind: 'agents',
			agents: shownAgents(core.state),
		});
		const panes = arrangementOf(core.state, after).tiles.map(({ pane }) => pane);
		expect(panes).toEqual([web.id, api.id, late]);
	});
});
