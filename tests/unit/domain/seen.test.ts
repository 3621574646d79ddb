import { expect, test } from 'vitest';
import { inboxOf } from '../../../src/domain/inbox.ts';
import type { StateWord } from '../../../src/domain/state-words.ts';
import { Core } from '../../support/domain.ts';

function reports(core: Core, name: string, state: StateWord): void {
	const { id, generation } = core.agent(name);
	core.submit({
		...{ kind: 'agent.observe', agent: id, generation, state },
		...{ source: 'osc7501', inferred: false, why: null },
	});
}

function kinds(core: Core): string[] {
	return inboxOf(core.state, new Date(core.now).toISOString()).map(({ kind }) => kind);
}

test('what is done is in the inbox until somebody looks, and again when more is done', () => {
	const core = new Core();
	const api = core.running('api');
	reports(core, 'api', 'done');
	expect(kinds(core)).toEqual(['done']);
	const before = core.events.length;
	core.submit({ kind: 'agent.see', agent: api });
	core.submit({ kind: 'agent.see', agent: api });
	expect(core.kinds(before)).toEqual(['agent.seen']);
	expect(kinds(core)).toEqual([]);
	reports(core, 'api', 'working');
	core.submit({ kind: 'agent.see', agent: api });
	reports(core, 'api', 'done');
	expect(kinds(core)).toEqual(['done']);
});
