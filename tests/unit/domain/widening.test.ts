// A scope that grows while its program runs, and what holds that.
import { expect, test } from 'vitest';
import type { Guard } from '../../../src/domain/guard.ts';
import type { QuestionId } from '../../../src/domain/ids.ts';
import { checkScope } from '../../../src/domain/scope/checked-patterns.ts';
import { scopeRequest } from '../../../src/domain/scope-request.ts';
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

function asks(core: Core, patterns: readonly string[]): QuestionId {
	const asked = scopeRequest(core.agent('api'), patterns, 'the manual');
	if (!asked.ok || asked.value === null) throw new Error('nothing to ask for');
	const { id: agent, generation } = core.agent('api');
	core.submit({ kind: 'question.open', agent, generation, ...asked.value });
	const opened = Object.values(core.state.questions).at(-1);
	if (!opened) throw new Error('it was not asked');
	return opened.id;
}

function widen(core: Core, ...patterns: string[]) {
	const agent = core.id('api');
	return core.submit({
		kind: 'scope.widen',
		...{ agent, patterns, why: 'it is needed', request: null },
	});
}

test('what an agent has asked for is answered once its scope covers it', () => {
	const core = widened(held('none'));
	const covered = asks(core, ['lib/a/**', 'lib/b.ts']);
	const other = asks(core, ['lib/a/**', 'tests/**']);
	widen(core, 'lib/**');
	expect(core.state.questions[covered]?.answer).toEqual({ choice: 'y', text: null });
	expect(core.state.questions[other]?.answer).toBeNull();
	expect(core.kinds().filter((kind) => kind === 'scope.widened')).toHaveLength(2);
});

test('the answer to one request answers another that asks for less', () => {
	const core = widened(held('none'));
	const less = asks(core, ['lib/a.ts']);
	const more = asks(core, ['lib/**']);
	core.submit({ kind: 'question.answer', question: more, choice: 'y', text: null });
	expect(core.state.questions[less]?.answer).toEqual({ choice: 'y', text: null });
});

test('only what its scope does not cover is added, and asked for', () => {
	const core = widened(held('none'));
	widen(core, 'docs/guide/*.md', 'lib/**', 'lib/a.ts', 'lib/**');
	expect(core.agent('api').scope).toEqual(['src/**', 'docs/**', 'lib/**']);
	const events = core.kinds().length;
	widen(core, 'src/api/**');
	expect(core.kinds()).toHaveLength(events);
	const { scope } = core.agent('api');
	expect(scopeRequest({ scope }, ['src/api/**'], 'why')).toEqual({
		ok: true,
		value: null,
	});
	const some = scopeRequest({ scope }, ['src/api/**', 'tests/**'], 'why');
	expect(some).toMatchObject({ value: { scope: ['tests/**'] } });
});

test('what a later pattern took out is no more covered by the one before it', () => {
	const scope = ['docs/**', '!docs/old/**'];
	const asked = scopeRequest({ scope }, ['docs/**'], 'why');
	expect(asked).toMatchObject({ value: { scope: ['docs/**'] } });
});

test.each(['.git', '.git/config', '/.GIT/**', 'lib/.git/hooks/'])(
	'no pattern gives what is in a folder of git: %s',
	(pattern) => {
		const core = widened(held('none'));
		expect(widen(core, pattern)).toMatchObject({ code: 'scope.pattern' });
		expect(checkScope([pattern])).toMatchObject({ refusal: { code: 'scope.pattern' } });
		expect(checkScope(['**', `!${pattern}`]).ok).toBe(true);
		expect(checkScope(['.gitignore', '.github/**', 'a.git/b']).ok).toBe(true);
	},
);
