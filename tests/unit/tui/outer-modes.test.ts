import { describe, expect, it } from 'vitest';
import type { AgentId } from '../../../src/domain/ids.ts';
import { PaneMode } from '../../../src/protocol/rows.ts';
import { PaneFocus } from '../../../src/tui/panes/pane-focus.ts';
import { OuterModes } from '../../../src/tui/terminal/outer-modes.ts';

const plain = { modes: 0, kittyFlags: 0 };

describe('the modes of the outer terminal', () => {
	it('follow the pane that is typed into, by difference', () => {
		const { outer, sent } = openModes({ keyboard: true, version: null });
		outer.follow({ modes: 0, kittyFlags: 7 }, false);
		expect(sent.splice(0)).toEqual(['\x1b[=7;1u']);
		outer.follow({ modes: 0, kittyFlags: 7 }, false);
		expect(sent).toEqual([]);
		outer.follow({ modes: PaneMode.allOtherKeys, kittyFlags: 0 }, false);
		expect(sent.splice(0)).toEqual(['\x1b[=5;1u']);
		outer.follow({ modes: PaneMode.applicationKeypad, kittyFlags: 0 }, false);
		expect(sent.splice(0)).toEqual(['\x1b[=0;1u\x1b=']);
		outer.follow(null, false);
		expect(sent.splice(0)).toEqual(['\x1b>']);
		expect(outer.kittyFlags).toBe(0);
	});

	it('are modifyOtherKeys where there is no more, and nothing where that could be a style', () => {
		const named = openModes({ keyboard: false, version: 'xterm(390)' });
		named.outer.follow({ modes: 0, kittyFlags: 1 }, false);
		named.outer.follow(plain, false);
		expect(named.sent).toEqual(['\x1b[>4;2m', '\x1b[>4m']);
		const nameless = openModes({ keyboard: false, version: null });
		nameless.outer.follow({ modes: PaneMode.someOtherKeys, kittyFlags: 1 }, false);
		expect(nameless.sent).toEqual([]);
	});

	it('report every movement of the mouse to who asked, unless the mouse is off', () => {
		const { outer, sent } = openModes({ keyboard: false, version: null });
		outer.follow({ modes: PaneMode.mouseAny, kittyFlags: 0 }, true);
		expect(sent.splice(0).join('')).toContain('\x1b[?1003h');
		outer.follow({ modes: PaneMode.mouseAny, kittyFlags: 0 }, false);
		expect(sent.splice(0).join('')).not.toContain('h');
	});

	it('are asked for again where the terminal took nothing, or was taken over anew', () => {
		const { outer, sent, refuse } = openModes({ keyboard: true, version: null });
		refuse(true);
		outer.follow({ modes: 0, kittyFlags: 1 }, false);
		expect(outer.kittyFlags).toBe(0);
		refuse(false);
		outer.follow({ modes: 0, kittyFlags: 1 }, false);
		expect(outer.kittyFlags).toBe(1);
		outer.forget();
		outer.follow({ modes: 0, kittyFlags: 1 }, false);
		expect(sent).toEqual(Array.from({ length: 3 }, () => '\x1b[=1;1u'));
	});
});

describe('the focus of a program', () => {
	// An id is a string with a brand.
	const [one, other] = ['one', 'other'] as AgentId[];
	if (!one || !other) throw new Error('two agents are needed');

	it('is where one types while the outer terminal has it', () => {
		const { focus, told } = openFocus(new Set([one, other]));
		focus.follow(one);
		focus.follow(other);
		focus.outside(false);
		focus.follow(one);
		focus.outside(true);
		focus.follow(null);
		expect(told).toEqual([
			'one in',
			'one out',
			'other in',
			'other out',
			'one in',
			'one out',
		]);
	});

	it('is told to who asks, once it asks', () => {
		const asking = new Set<AgentId>();
		const { focus, told } = openFocus(asking);
		focus.follow(one);
		expect(told).toEqual([]);
		asking.add(one);
		focus.follow(one);
		expect(told).toEqual(['one in']);
		asking.delete(one);
		focus.follow(null);
		expect(told).toEqual(['one in']);
	});
});

function openModes(traits: { keyboard: boolean; version: string | null }) {
	const sent: string[] = [];
	let refused = false;
	const outer = new OuterModes(
		() => traits,
		(sequence) => {
			sent.push(sequence);
			return !refused;
		},
	);
	const refuse = (now: boolean) => {
		refused = now;
	};
	return { outer, sent, refuse };
}

function openFocus(asking: ReadonlySet<AgentId>) {
	const told: string[] = [];
	const focus = new PaneFocus(
		(agent) => (asking.has(agent) ? PaneMode.focusEvents : 0),
		(agent, report) =>
			told.push(`${agent} ${Buffer.from(report).toString() === '\x1b[I' ? 'in' : 'out'}`),
	);
	return { focus, told };
}
