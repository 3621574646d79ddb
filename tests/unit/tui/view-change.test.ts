import { describe, expect, test } from 'vitest';
import { initialView, shownAgents, type View } from '../../../src/tui/view.ts';
import { changeView } from '../../../src/tui/view-change.ts';
import { Core } from '../../support/domain.ts';

function withAgents(names: readonly string[]): { core: Core; view: View } {
	const core = new Core();
	for (const name of names) core.running(name);
	return { core, view: seen(core, initialView({ columns: 120, rows: 36 }, 0)) };
}

function seen(core: Core, view: View): View {
	return changeView(view, { kind: 'agents', agents: shownAgents(core.state) });
}

function remove(core: Core, name: string): void {
	core.exits(name, 0);
	core.submit({ kind: 'agent.remove', agent: core.id(name) });
	core.settle('snapshot', { ok: true, value: { commit: 'c', files: 0 } });
	core.settle('remove', { ok: true, value: {} });
}

describe('focus', () => {
	test('is on the first agent, and stays when others come', () => {
		const { core, view } = withAgents(['api']);
		expect(view.focus).toBe(core.id('api'));
		core.running('web');
		expect(seen(core, view).focus).toBe(core.id('api'));
	});

	test('remembers the pane before', () => {
		const { core, view } = withAgents(['api', 'web']);
		const moved = changeView(view, { kind: 'focus', agent: core.id('web') });
		expect(moved.previous).toBe(core.id('api'));
	});

	test('goes to the pane before when its agent is removed, and typing ends', () => {
		const { core, view } = withAgents(['api', 'web', 'docs']);
		const api = core.id('api');
		let now = changeView(view, { kind: 'focus', agent: core.id('docs') });
		now = changeView(now, { kind: 'focus', agent: api });
		now = changeView(now, { kind: 'mode', mode: 'type' });
		remove(core, 'api');
		now = seen(core, now);
		expect(now.focus).toBe(core.id('docs'));
		expect(now.mode).toBe('nav');
	});

	test('does not move, nor end typing, when another agent is removed', () => {
		const { core, view } = withAgents(['api', 'web']);
		const typing = changeView(view, { kind: 'mode', mode: 'type' });
		remove(core, 'web');
		const now = seen(core, typing);
		expect([now.focus, now.mode]).toEqual([core.id('api'), 'type']);
	});
});

test('work under way is counted by name', () => {
	let view = initialView({ columns: 80, rows: 24 }, 0);
	for (const begins of [true, true, false])
		view = changeView(view, { kind: 'busy', what: 'killing api', card: false, begins });
	expect(view.busy).toMatchObject([{ what: 'killing api' }]);
});

test('another layout ends the zoom', () => {
	const view = changeView(initialView({ columns: 80, rows: 24 }, 0), {
		kind: 'zoom',
		zoom: true,
	});
	expect(changeView(view, { kind: 'layout', layout: 'strips' }).zoom).toBe(false);
});
