import { expect, test } from 'vitest';
import { instructionsFor, refusalFor } from '../../../src/agents/instructions.ts';

const api = { name: 'api', scope: ['src/api/**', '!src/api/legacy/**'] };

test('an agent is told its scope, and how to ask for more', () => {
	const told = instructionsFor(api, 'shell');
	expect(told).toContain('is `src/api/**`, `!src/api/legacy/**` (');
	expect(told).toContain('never lands');
	expect(told).toContain(`weir scope request 'GLOB' --why "TEXT"`);
	expect(told).toContain('weir ask');
});

test('one whose commands do not reach weir is told of its tools', () => {
	const told = instructionsFor(api, 'tools');
	expect(told).not.toContain('weir scope');
	expect(told).toContain('the tool `scope_request` of the MCP server `weir`');
	expect(told).not.toContain('weir done');
});

test('one without a scope is told what is left out of all', () => {
	expect(instructionsFor({ ...api, scope: [] }, 'shell')).toContain(
		'all files of this work',
	);
});

test('of a long scope not each pattern is said', () => {
	const scope = Array.from({ length: 50 }, (_, at) => `src/${at}/**`);
	expect(instructionsFor({ ...api, scope }, 'shell')).toContain('`src/29/**`, 20 more (');
});

test('a refusal says which file, why, and what to do', () => {
	const none = { by: null, mustBeNamed: false, ofGit: false };
	const said = refusalFor(api, { path: "it's.ts", ...none }, 'shell');
	expect(said).toMatch(/^weir refused this write: it's\.ts is outside of your scope\./);
	expect(said).toContain('`src/api/**`');
	expect(said).toContain(`weir scope request '/it'\\''s.ts' --why "TEXT"`);
	const legacy = { path: 'src/api/legacy/a.ts', by: '!src/api/legacy/**' };
	expect(refusalFor(api, { ...none, ...legacy }, 'tools')).toMatch(
		/your scope, by its pattern !src\/api\/legacy\/\*\*\..*`scope_request`.*the pattern \/src\/api\/legacy\/a\.ts and why/,
	);
	const named = { ...none, path: '.github/workflows/a.yml', mustBeNamed: true };
	expect(refusalFor(api, named, 'shell')).toContain('which would have to name it');
	expect(refusalFor(api, { path: '/etc/hosts', ...none }, 'shell')).toBe(
		'weir refused this write: /etc/hosts lies outside of your worktree. Work only there, by paths that begin in it.',
	);
	expect(refusalFor(api, { ...none, path: '.git', ofGit: true }, 'shell')).toContain(
		"is git's own",
	);
	expect(refusalFor(api, { path: null, ...none }, 'shell')).toContain('which file');
});
