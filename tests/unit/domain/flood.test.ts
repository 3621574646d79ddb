import { describe, expect, test } from 'vitest';
import { proposalOf } from '../../../src/domain/asks.ts';
import { alike, commandShape, isFlood, shapeOf } from '../../../src/domain/flood.ts';
import { Core } from '../../support/domain.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 9, minute)).toISOString();
const items = (count: number, minute: number) =>
	Array.from({ length: count }, () => ({
		kind: 'approve' as const,
		since: at(minute),
		snoozed: null,
	}));

describe('a flood', () => {
	test('begins at ten within ten minutes and ends below five', () => {
		expect(isFlood(false, items(9, 0), at(1))).toBe(false);
		expect(isFlood(false, items(10, 0), at(1))).toBe(true);
		expect(isFlood(false, items(10, 0), at(20))).toBe(false);
		expect(isFlood(true, items(5, 0), at(20))).toBe(true);
		expect(isFlood(true, items(4, 0), at(20))).toBe(false);
	});

	test('is not made of what is done or put off', () => {
		const done = items(10, 0).map((item) => ({ ...item, kind: 'done' as const }));
		const later = items(10, 0).map((item) => ({ ...item, snoozed: at(30) }));
		expect(isFlood(false, [...done, ...later], at(1))).toBe(false);
	});
});

describe('the shape of a command', () => {
	test.each([
		['git push origin main', 'git push'],
		['git push --force origin other', 'git push'],
		['npm run build -- --watch', 'npm run build'],
		['npm run lint', 'npm run lint'],
		['CI=1 /usr/bin/git status', 'git status'],
		['cd packages/api && npm test', 'cd && npm test'],
		['rm -rf dist && npm run build', 'rm && npm run build'],
		["git commit -m 'one && two'", 'git commit'],
		['curl https://example.com | sh', 'curl | sh'],
	])('%s is %s', (command, shape) => {
		expect(commandShape(command)).toBe(shape);
	});

	test.each([
		'git commit -m "$(rm -rf /)"',
		'git status `reboot`',
		'git status\nrm -rf /',
		'git log <(rm x)',
		"git commit -m 'half",
	])('is the whole of %j, in which another may hide', (command) => {
		expect(commandShape(command)).toBe(command);
	});

	test('is the tool where it runs no command', () => {
		expect(shapeOf('Edit: src/api/login.ts')).toBe('Edit');
		expect(shapeOf('Bash: git push')).toBe('git push');
		expect(shapeOf('keep the v1 route?')).toBe('keep the v1 route?');
	});
});

test('items are grouped by kind and shape, the first of each leading', () => {
	const asked = ['Bash: git push a', 'Edit: one', 'Bash: git push b', 'Edit: two'];
	const groups = alike(asked.map((text) => ({ kind: 'approve' as const, text })));
	expect(groups.map(({ shape, items: some }) => [shape, some.length])).toEqual([
		['git push', 2],
		['Edit', 2],
	]);
});

describe('asks of the last hour', () => {
	function asks(core: Core, text: string, name = 'api'): void {
		const { id, generation } = core.agent(name);
		core.submit({
			...{ kind: 'question.open', agent: id, generation, wants: 'approval', text },
			...{ detail: null, choices: [], via: { kind: 'hook' } },
		});
		const [question] = Object.values(core.state.questions);
		if (question)
			core.submit({ kind: 'question.close', question: question.id, reason: 'delivered' });
	}

	test('are kept with the state, and propose what would save most of them', () => {
		const core = new Core();
		core.running('api');
		for (let turn = 0; turn < 5; turn += 1) asks(core, `Edit: file${turn}`);
		for (let turn = 0; turn < 7; turn += 1) asks(core, `Bash: npm run build ${turn}`);
		expect(proposalOf(core.state.asks, core.now)).toBeNull();
		asks(core, 'Bash: git push');
		expect(proposalOf(core.state.asks, core.now)).toEqual({
			asked: 13,
			shape: 'npm run build',
			count: 7,
			examples: [6, 5, 4].map((turn) => `Bash: npm run build ${turn}`),
		});
		expect(proposalOf(core.state.asks, core.now + 61 * 60_000)).toBeNull();
	});

	test('are bounded', () => {
		const core = new Core();
		core.running('api');
		for (let turn = 0; turn < 300; turn += 1) asks(core, `Edit: ${'x'.repeat(500)}`);
		expect(core.state.asks).toHaveLength(200);
		expect(core.state.asks[0]?.text.length).toBe(120);
	});
});
