import { expect, test } from 'vitest';
import { defaultSettings, overlay } from '../../../src/domain/settings.ts';
import { checkSettingsFile } from '../../../src/domain/settings-faults.ts';
import { sharedScope } from '../../../src/domain/shared-scope.ts';
import { Core, newAgent } from '../../support/domain.ts';

test('a scope is told at the creation and grows by what the human says', () => {
	const core = new Core();
	core.submit(newAgent('api', { scope: ['src/api/**'] }));
	expect(core.agent('api').scope).toEqual(['src/api/**']);
	const refused = core.submit({
		...{ kind: 'scope.widen', agent: core.id('api'), patterns: ['docs/**'] },
		...{ why: ' ', request: null },
	});
	expect(refused).toMatchObject({ code: 'scope.no-reason' });
	core.submit({
		...{ kind: 'scope.widen', agent: core.id('api'), patterns: ['docs/**'] },
		...{ why: 'its manual', request: null },
	});
	expect(core.agent('api').scope).toEqual(['src/api/**', 'docs/**']);
	expect(core.events.at(-1)).toMatchObject({
		kind: 'scope.widened',
		data: { why: 'its manual' },
	});
});

test('who may write all but what must be named keeps that with what is named', () => {
	const core = new Core();
	core.submit(newAgent('api'));
	core.submit({
		...{ kind: 'scope.widen', agent: core.id('api'), patterns: ['.gitattributes'] },
		...{ why: 'line ends', request: null },
	});
	expect(core.agent('api').scope).toEqual(['**', '.gitattributes']);
});

test('patterns that nobody can mean are refused, and no scope is all taking out', () => {
	const core = new Core();
	const wrong = core.submit(newAgent('api', { scope: ['src/**', '../x'] }));
	expect(wrong).toMatchObject({ code: 'scope.pattern' });
	expect(core.submit(newAgent('api', { scope: ['!src/**'] }))).toMatchObject({
		code: 'scope.pattern',
	});
	core.submit(newAgent('api', { scope: ['src/**'] }));
	const added = core.submit({
		...{ kind: 'scope.widen', agent: core.id('api'), patterns: ['!src/old/**'] },
		...{ why: 'no more', request: null },
	});
	expect(added).toMatchObject({ code: 'scope.pattern' });
	expect(core.agent('api').scope).toEqual(['src/**']);
});

test('an agent at work shares a scope where one path is in both', () => {
	const core = new Core();
	core.running('web');
	expect(sharedScope(core.state, ['src/**'])).toBeNull();
	core.running('api', { scope: ['src/api/**'] });
	expect(sharedScope(core.state, ['SRC/**'])).toBeNull();
	expect(sharedScope({ ...core.state, ignoresCase: true }, ['SRC/**'])).not.toBeNull();
	expect(sharedScope(core.state, ['src/**'])).toMatchObject({
		agent: { name: 'api' },
		path: 'src/api/a',
	});
	expect(sharedScope(core.state, ['src/**', '!src/api/**'])).toBeNull();
	expect(sharedScope(core.state, [])).toBeNull();
	core.running('docs', { scope: ['/docs/*.txt', 'docs/v1.0/'] });
	expect(sharedScope(core.state, ['/docs/*.md'])).toBeNull();
	expect(sharedScope(core.state, ['/docs/**/*.md'])?.path).toBe('docs/v1.0/a.md');
	core.exits('api', 0);
	expect(sharedScope(core.state, ['src/**'])).toBeNull();
});

test('a later file tightens the guard and does not loosen it', () => {
	const strict = overlay(defaultSettings, {
		guard: { mode: 'require', on_write: 'restore' },
	});
	const later = overlay(strict, { guard: 'detect' });
	expect(later.guard).toMatchObject({ mode: 'require', onWrite: 'restore' });
	expect(overlay(later, { guard: { on_write: 'freeze' } }).guard.onWrite).toBe('freeze');
});

test('the file of the user alone may loosen what nobody has set', () => {
	const loose = overlay(defaultSettings, { guard: 'detect' }, true);
	expect(loose.guard.mode).toBe('detect');
	expect(overlay(defaultSettings, { guard: 'detect' }).guard.mode).toBe('auto');
	expect(overlay(loose, { guard: 'auto' }).guard.mode).toBe('auto');
});

test('ways out of the sandbox are opened by settings of the user alone', () => {
	for (const file of [
		{ guard: { caches: ['~/.npm'] } },
		{ guard: { sockets: ['dbus'] } },
	]) {
		expect(
			checkSettingsFile(file, { themes: null, clis: ['claude'], own: true }).ok,
		).toBe(true);
		expect(
			checkSettingsFile(file, { themes: null, clis: ['claude'], own: false }).ok,
		).toBe(false);
	}
});
