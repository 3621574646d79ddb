import { expect, test } from 'vitest';
import { builtInKinds } from '../../../src/agents/registry.ts';
import { Core, newAgent } from '../../support/domain.ts';

test('who types the words of a kind gets that kind, where its settings are trusted', () => {
	const { codex } = builtInKinds;
	if (!codex) throw new Error('there is no codex');
	const core = new Core();
	core.configure({});
	core.submit(newAgent('a', { argv: ['claude'] }));
	expect(core.agent('a')).toMatchObject({ kind: 'claude', adapter: 'claude' });
	core.submit(newAgent('b', { argv: ['claude', '-p'] }));
	expect(core.agent('b')).toMatchObject({ kind: 'command', adapter: null });
	const ours = { ...codex, command: ['codex', '-m', 'x'] };
	core.configure({ agents: { ...builtInKinds, ours } });
	core.submit(newAgent('c', { argv: ['codex', '-m', 'x'] }));
	expect(core.agent('c')).toMatchObject({ kind: 'ours', adapter: 'codex' });
	const { settings } = core.state;
	core.submit({ kind: 'settings.load', hash: 'h', trusted: false, settings });
	core.submit(newAgent('d', { argv: ['claude'] }));
	expect(core.agent('d')).toMatchObject({ kind: 'command', adapter: null });
});
