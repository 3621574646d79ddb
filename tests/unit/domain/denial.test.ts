// Refused writes: what of them is told, and to whom.
import { expect, test } from 'vitest';
import { denialsToTell } from '../../../src/domain/denial.ts';
import { inboxOf } from '../../../src/domain/inbox.ts';
import { Core } from '../../support/domain.ts';

function items(core: Core) {
	return inboxOf(core.state, new Date(core.now).toISOString());
}

function deny(core: Core, path: string, times = 1): void {
	const { id: agent, generation } = core.agent('api');
	const layer = 'hook' as const;
	core.submit({
		kind: 'write.deny',
		agent,
		generation,
		path,
		layer,
		tool: 'Write',
		times,
	});
}

function widen(core: Core): void {
	core.submit({
		...{ kind: 'scope.widen', agent: core.id('api'), patterns: ['.gitattributes'] },
		...{ why: 'it asked', request: null },
	});
}

function running(): Core {
	const core = new Core();
	core.running('api');
	return core;
}

test('two writes that were refused are in the journal, three are in the inbox', () => {
	const core = running();
	deny(core, 'lib/a.ts');
	deny(core, 'lib/b.ts');
	expect(core.kinds().filter((kind) => kind === 'write.denied')).toHaveLength(2);
	expect(core.agent('api').denied.count).toBe(2);
	expect(items(core)).toEqual([]);
	deny(core, '/etc/hosts');
	const [item] = items(core);
	expect(item).toMatchObject({
		id: `${core.id('api')}.1.scope`,
		tier: 3,
		kind: 'scope',
		text: '3 writes refused: /etc/hosts, lib/b.ts, lib/a.ts',
		detail:
			'/etc/hosts\nlib/b.ts\nlib/a.ts\nweir scope add api /lib/b.ts /lib/a.ts --why TEXT',
	});
});

test('one path that is tried again and again is named once', () => {
	const core = running();
	deny(core, 'lib/a.ts');
	deny(core, 'lib/a.ts', 4);
	expect(items(core)[0]).toMatchObject({
		text: '5 writes refused: lib/a.ts',
		detail: expect.stringContaining('lib/a.ts  5 times'),
	});
});

test('what no pattern covers is not proposed', () => {
	const core = running();
	for (const path of ['?', '/etc/hosts', '.git/config']) deny(core, path);
	expect(items(core)[0]?.detail).toBe('.git/config\n/etc/hosts\n?');
});

test('a scope that was changed begins anew, and the try keeps its count', () => {
	const core = running();
	deny(core, 'lib/a.ts', 3);
	widen(core);
	expect(items(core)).toEqual([]);
	expect(core.agent('api').denied.count).toBe(3);
	deny(core, 'docs/a.md', 2);
	expect(items(core)).toEqual([]);
	deny(core, 'docs/a.md');
	expect(items(core)[0]?.text).toBe('3 writes refused: docs/a.md');
});

test('the next try begins anew', () => {
	const core = running();
	deny(core, 'lib/a.ts', 3);
	core.exits('api', 0);
	expect(items(core).map(({ kind }) => kind)).toContain('scope');
	core.submit({ kind: 'agent.respawn', agent: core.id('api') });
	expect(items(core).map(({ kind }) => kind)).not.toContain('scope');
	expect(core.agent('api').denied.count).toBe(0);
});

test('what an earlier program was refused is not told of the present one', () => {
	const core = running();
	const { id: agent } = core.agent('api');
	const denied = {
		layer: 'verb',
		tool: 'weir done',
		path: 'lib/a.ts',
		times: 3,
	} as const;
	core.submit({ kind: 'write.deny', agent, generation: 0, ...denied });
	expect(core.kinds()).not.toContain('write.denied');
});

test('only the latest paths are kept', () => {
	const core = running();
	for (let at = 0; at < 100; at += 1) deny(core, `lib/${at}.ts`);
	expect(core.agent('api').denied).toMatchObject({ count: 100, standing: 100 });
	expect(core.agent('api').denied.paths.length).toBeLessThanOrEqual(20);
	expect(items(core)[0]?.text).toMatch(/lib\/99\.ts, lib\/98\.ts, lib\/97\.ts, 17 more$/);
});

test('of a path that is tried without end ever fewer events stand for ever more', () => {
	let told = 0;
	const events: number[] = [];
	for (let seen = 1; seen <= 1000; seen += 1) {
		const times = denialsToTell(seen, told);
		if (times > 0) events.push(times);
		told += times;
	}
	expect(events.slice(0, 5)).toEqual([1, 1, 1, 3, 6]);
	expect(events.length).toBeLessThan(15);
	expect(told).toBeGreaterThan(500);
});

test('the command that would allow them is one, whatever an agent calls its files', () => {
	const core = running();
	for (const name of ['a', 'b', "x'; rm -rf ~; '"]) deny(core, `lib/${name}`);
	const [item] = items(core);
	expect(item?.detail).toContain(
		String.raw`weir scope add api '/lib/x'\''; rm -rf ~; '\''' /lib/b /lib/a --why TEXT`,
	);
});
