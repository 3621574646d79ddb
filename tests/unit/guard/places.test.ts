import { describe, expect, test } from 'vitest';
import { bubblewrapArgv } from '../../../src/guard/sandbox/bubblewrap.ts';
import { landlockPlan } from '../../../src/guard/sandbox/landlock.ts';
import { planPlaces, type SandboxAsk } from '../../../src/guard/sandbox/plan.ts';

const ask: SandboxAsk = {
	worktree: '/home/u/wt/api',
	rulings: [{ path: '', writable: true }],
	gitDir: '/home/u/wt/.git-of/api',
	gitFixed: ['config', 'hooks'],
	passing: [{ path: '/tmp', own: '/home/u/wt/.tmp-of/api' }],
	emptied: ['/run/user/7', '/repo/.git/weir'],
	shown: ['/repo', '/repo/.git/weir/bin', '/run/user/7/weir/x/agents', '/tmp/tools'],
	hidden: ['/run/docker.sock', '/run/user/7/bus', '/tmp/ssh-1/agent'],
	open: ['/home/u/.cache'],
	fixed: ['/home/u/.cache/weir', '/home/u/.claude/settings.json'],
};

const listed = (of: Partial<SandboxAsk> = {}) =>
	planPlaces({ ...ask, ...of }).map(({ kind, path }) => `${kind} ${path}`);

describe('the places of a sandbox', () => {
	test('stand over one another in an order that shuts what is shut', () => {
		expect(listed()).toEqual([
			'writable /tmp',
			'read-only /tmp/tools',
			'empty /run/user/7',
			'empty /repo/.git/weir',
			'read-only /repo/.git/weir/bin',
			'read-only /run/user/7/weir/x/agents',
			'hidden /run/docker.sock',
			'writable /home/u/.cache',
			'read-only /home/u/.cache/weir',
			'writable /home/u/wt/api',
			'read-only /home/u/wt/api/.git',
			'writable /home/u/wt/.git-of/api',
			'read-only /home/u/wt/.git-of/api/config',
			'read-only /home/u/wt/.git-of/api/hooks',
		]);
	});

	test('of a repository below what is passing are shown, what is shut in it is not', () => {
		const worktree = '/tmp/r/wt/api';
		const places = listed({ worktree, emptied: ['/tmp/r/.git/weir'], shown: ['/tmp/r'] });
		expect(places.slice(0, 4)).toEqual([
			...['writable /tmp', 'read-only /tmp/r', 'read-only /tmp/r/wt'],
			'empty /tmp/r/.git/weir',
		]);
	});

	test('of a scope of part of the worktree leave the rest, and with it the pointer, as it is', () => {
		const rulings = [
			{ path: 'src', writable: true },
			{ path: 'src/a', writable: false },
		];
		expect(listed({ rulings }).slice(9, 14)).toEqual([
			'read-only /home/u/wt/api',
			'writable /home/u/wt/api/src',
			'read-only /home/u/wt/api/src/a',
			'read-only /home/u/wt/api/.git',
			'writable /home/u/wt/.git-of/api',
		]);
	});
});

describe('in the words of bubblewrap', () => {
	const words = (asRoot: boolean) =>
		bubblewrapArgv('/usr/bin/bwrap', planPlaces(ask), { asRoot, devices: ['/dev/kvm'] });

	test('users and rights are always its own, the session never', () => {
		for (const asRoot of [true, false]) {
			const text = words(asRoot).join(' ');
			expect(text).toContain('--unshare-user --cap-drop ALL --ro-bind / / --dev /dev ');
			expect(text).not.toMatch(/--new-session|--unshare-pid|--unshare-all/);
		}
	});

	test('what only root could write is shut for root, so that others may nest', () => {
		expect(words(true).join(' ')).toContain('--ro-bind-try /proc/sys /proc/sys');
		expect(words(false).join(' ')).not.toContain('/proc/sys');
	});

	test('each place has its word', () => {
		expect(words(false).join(' ')).toContain(
			'--bind /home/u/wt/.tmp-of/api /tmp --ro-bind /tmp/tools /tmp/tools --tmpfs /run/user/7',
		);
		expect(words(false).join(' ')).toContain('--ro-bind /dev/null /run/docker.sock');
	});
});

test('empty folders are shut last, but where something else stands over them', () => {
	const open = ['/home/u/.cache', '/run/user/7/own', '/repo/.git/weir'];
	const places = planPlaces({ ...ask, open });
	const words = bubblewrapArgv('bwrap', places, { asRoot: false, devices: [] });
	expect(words.slice(words.indexOf('--remount-ro')).join(' ')).toBe(
		'--remount-ro /dev --remount-ro /run/user/7',
	);
});

test('Landlock opens the same and tells what it cannot shut', () => {
	const { allowed, loose } = landlockPlan(planPlaces(ask));
	expect(allowed.filter((path) => !path.startsWith('/dev/'))).toEqual([
		'/home/u/wt/.tmp-of/api',
		'/home/u/.cache',
		'/home/u/wt/api',
		'/home/u/wt/.git-of/api',
	]);
	expect(allowed.filter((path) => /pts|ptmx/.test(path))).toEqual([]);
	// The pointer, two of the git directory, and what weir has compiled.
	expect(loose).toBe(4);
});
