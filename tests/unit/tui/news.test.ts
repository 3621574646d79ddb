import { expect, test } from 'vitest';
import { newsOf } from '../../../src/tui/chrome/news.ts';
import { Core } from '../../support/domain.ts';

function lastNews(core: Core): string | null {
	const event = core.events.at(-1);
	if (!event) throw new Error('nothing happened');
	return newsOf(event, core.state, null)?.text ?? null;
}

test('a crash and a loss are news, an end in order and a kill are not', () => {
	const core = new Core();
	for (const name of ['good', 'bad', 'lost', 'killed']) core.running(name);
	expect(lastNews(core)).toBe(null);
	core.exits('good', 0);
	expect(lastNews(core)).toBe(null);
	core.exits('bad', 3);
	expect(lastNews(core)).toBe('bad crashed: exit code 3');
	core.loses('lost');
	expect(lastNews(core)).toBe('lost was lost with its holder or machine');
	core.submit({ kind: 'agent.kill', agent: core.id('killed') });
	core.settle('snapshot', { ok: true, value: { commit: 'c', files: 0 } });
	core.exits('killed', null, 'SIGHUP');
	expect(lastNews(core)).toBe(null);
});

test('a crash says by which key one gets there from where one looks', () => {
	const core = new Core();
	for (const name of ['first', 'second']) core.running(name);
	core.exits('first', 1);
	core.exits('second', 2);
	const event = core.events.at(-1);
	if (!event) throw new Error('nothing happened');
	const allow = (focus: string) => newsOf(event, core.state, core.id(focus))?.allow;
	expect(allow('first')).toBe('{attention.next} goes there, {agent.respawn} respawns it');
	expect(newsOf(event, core.state, null)?.allow).toBe(
		'{focus.jump} 2 Enter goes there, {agent.respawn} respawns it',
	);
});
