// A scope that grows while its program runs, and what holds that.
import { expect, test } from 'vitest';
import type { Guard } from '../../../src/domain/guard.ts';
import { Core, newAgent, started } from '../../support/domain.ts';

const held = (prevention: Guard['prevention']): Guard => ({
	...{ prevention, reason: null, allow: null, loose: 0 },
});

function widened(guard: Guard): Core {
	const core = new Core();
	core.submit(newAgent('api', { scope: ['src/**'] }));
	core.settle('worktree', { ok: true, value: {} });
	const spawned = started(100);
	if (spawned.ok) core.settle('spawn', { ok: true, value: { ...spawned.value, guard } });
	core.submit({
		...{ kind: 'scope.widen', agent: core.id('api'), patterns: ['docs/**'] },
		...{ why: 'its manual', request: null },
	});
	return core;
}

test.each(['bubblewrap', 'landlock'] as const)(
	'what holds a running program by %s is asked to let it write more',
	(prevention) => {
		const core = widened(held(prevention));
		expect(core.kinds().slice(-2)).toEqual(['scope.widened', 'widen.asked']);
		expect(core.pending('widen').data).toMatchObject({ generation: 1 });
	},
);

test('where nothing holds it, nothing is to be done', () => {
	expect(widened(held('none')).kinds().at(-1)).toBe('scope.widened');
});

test('a program that does not run gets it with its next start', () => {
	const core = new Core();
	core.submit(newAgent('api'));
	core.submit({
		...{ kind: 'scope.widen', agent: core.id('api'), patterns: ['.gitattributes'] },
		...{ why: 'line ends', request: null },
	});
	expect(core.kinds().at(-1)).toBe('scope.widened');
});

test('how much lies open beside it is told anew', () => {
	const core = widened(held('bubblewrap'));
	core.settle('widen', { ok: true, value: { loose: 3 } });
	expect(core.agent('api').guard).toEqual({ ...held('bubblewrap'), loose: 3 });
});

test('what its program cannot write yet is said with what helps', () => {
	const core = widened(held('landlock'));
	core.settle('widen', {
		ok: false,
		refusal: { code: 'widen.next-start', message: 'not yet', allow: 'weir respawn api' },
	});
	expect(core.agent('api').guard).toEqual({
		...{ prevention: 'landlock', reason: 'not yet', allow: 'weir respawn api', loose: 0 },
	});
});
