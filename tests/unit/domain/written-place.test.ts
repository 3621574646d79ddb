import { expect, test } from 'vitest';
import { type Grounds, placeOf } from '../../../src/domain/written-place.ts';

const grounds: Grounds = {
	worktree: '/home/p/trees/api',
	others: ['/home/p/repo', '/home/p/repo/.git', '/home/p/trees', '/home/p/trees/docs'],
	free: ['/tmp', '/home/p/.claude', '/home/p/.claude.json'],
};

test.each([
	['/home/p/trees/api/src/a.ts', { kind: 'worktree', path: 'src/a.ts' }],
	['/home/p/trees/api', { kind: 'worktree', path: '' }],
	['/home/p/trees/api-2/a.ts', { kind: 'elsewhere' }],
	['/home/p/trees/docs/a.ts', { kind: 'elsewhere' }],
	['/home/p/repo/src/a.ts', { kind: 'elsewhere' }],
	['/home/p/repo/.git/config', { kind: 'elsewhere' }],
	['/home/p/.bashrc', { kind: 'elsewhere' }],
	['/etc/hosts', { kind: 'elsewhere' }],
	['/tmp/notes.md', { kind: 'free' }],
	['/home/p/.claude/plans/one.md', { kind: 'free' }],
	['/home/p/.claude.json', { kind: 'free' }],
	['/home/p/.claude-of-another/x', { kind: 'elsewhere' }],
])('%s', (path, place) => {
	expect(placeOf(path, grounds)).toEqual(place);
});

test('a worktree in a temp folder is a worktree, and so is that of another agent', () => {
	const inTemp = {
		...grounds,
		worktree: '/tmp/t/api',
		others: ['/tmp/t', '/tmp/t/docs'],
	};
	expect(placeOf('/tmp/t/api/a.ts', inTemp)).toEqual({ kind: 'worktree', path: 'a.ts' });
	expect(placeOf('/tmp/t/docs/a.ts', inTemp)).toEqual({ kind: 'elsewhere' });
	expect(placeOf('/tmp/else', inTemp)).toEqual({ kind: 'free' });
});

test('what its CLI keeps in a home that is a repository is no part of that', () => {
	const home = { ...grounds, others: ['/home/p', '/home/p/.git'] };
	expect(placeOf('/home/p/.claude/todo', home)).toEqual({ kind: 'free' });
	expect(placeOf('/home/p/.bashrc', home)).toEqual({ kind: 'elsewhere' });
});
