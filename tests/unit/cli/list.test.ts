import { expect, test } from 'vitest';
import { agentRows } from '../../../src/cli/verbs/list.ts';
import { agentJson } from '../../../src/protocol/status.ts';
import { asciiGlyphs } from '../../../src/tui/look/glyphs.ts';
import { wordOf } from '../../../src/tui/look/state-signs.ts';
import { Core, newAgent } from '../../support/domain.ts';

test('weir list and the panes call every state by the same word', () => {
	const core = new Core();
	const words: string[] = [];
	const look = () => {
		const agent = core.agent('api');
		const [, row] = agentRows([
			agentJson(agent, { head: null, diff: null, conflicts: null }, undefined),
		]);
		const word = wordOf(agent, asciiGlyphs);
		expect(row?.[2]).toBe(word);
		words.push(word);
	};
	core.submit(newAgent('api'));
	look();
	core.settle('worktree', { ok: true, value: {} });
	core.settle('spawn', {
		ok: true,
		value: { holder: 'h1', process: { pid: 7, startTime: '1', bootId: 'b' } },
	});
	core.submit({
		kind: 'agent.observe',
		agent: core.id('api'),
		generation: 1,
		...{ state: 'needs-approval', source: 'output', inferred: true, why: null },
	});
	look();
	core.submit({ kind: 'agent.kill', agent: core.id('api') });
	core.settle('snapshot', { ok: true, value: { commit: 'c', files: 0 } });
	look();
	core.exits('api', null, 'SIGHUP');
	look();
	expect(words).toEqual(['starting', '~needs-approval', 'stopping', 'interrupted']);
});
