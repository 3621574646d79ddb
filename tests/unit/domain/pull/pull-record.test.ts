import { expect, test } from 'vitest';
import { Core } from '../../../support/domain.ts';

const place = { remote: 'origin', branch: 'weir/api', commit: 'a'.repeat(40) };
const opened = { url: 'https://x.example/7', number: 7, base: 'main', found: false };

function pushed(core: Core, over: Partial<typeof place> = {}) {
	const { id: agent } = core.agent('api');
	return core.submit({
		...{ kind: 'pr.push', agent, ...place, ...over, old: null, forced: false },
	});
}

test('a push and a pull request are recorded once, and a later push keeps the pull request', () => {
	const core = new Core();
	core.running('api');
	const { id: agent } = core.agent('api');
	pushed(core);
	pushed(core);
	core.submit({ kind: 'pr.open', agent, ...place, ...opened });
	core.submit({ kind: 'pr.open', agent, ...place, ...opened, found: true });
	pushed(core, { commit: 'b'.repeat(40) });
	expect(core.kinds().filter((kind) => kind.startsWith('pr.'))).toEqual([
		...['pr.pushed', 'pr.opened', 'pr.pushed'],
	]);
	expect(core.agent('api').pull).toMatchObject({
		commit: 'b'.repeat(40),
		opened: { url: opened.url, number: 7, base: 'main' },
	});
});

test('pushed elsewhere, it has no pull request there', () => {
	const core = new Core();
	core.running('api');
	const { id: agent } = core.agent('api');
	core.submit({ kind: 'pr.open', agent, ...place, ...opened });
	pushed(core, { remote: 'fork' });
	expect(core.agent('api').pull).toMatchObject({ remote: 'fork', opened: null });
});
