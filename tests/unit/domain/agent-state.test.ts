import { expect, test } from 'vitest';
import {
	type Evidence,
	evidenceBehind,
	isShell,
	judge,
	noEvidence,
	withoutOldScreen,
} from '../../../src/domain/agent-state.ts';

const seen = (some: Partial<Evidence>) => judge({ ...noEvidence, ...some });
const said = (state: string, blocked: string | null = null) => ({
	state,
	blocked,
	message: null,
});

test("a program's own report is believed before all else", () => {
	expect(seen({ status: said('idle'), promptMark: 'C', active: true })).toMatchObject({
		state: 'idle',
		source: 'osc7501',
		inferred: false,
	});
});

test('blocked is a question only where the program says so', () => {
	expect(seen({ status: said('blocked', 'question') }).state).toBe('asks');
	expect(seen({ status: said('blocked', 'permission') }).state).toBe('needs-approval');
	expect(seen({ status: said('blocked') }).state).toBe('needs-approval');
});

test('prompt marks tell a running command from a prompt', () => {
	expect(seen({ promptMark: 'C' })).toMatchObject({ state: 'working', inferred: false });
	expect(seen({ promptMark: 'D' })).toMatchObject({ state: 'idle', inferred: false });
});

test('output alone is an inference, and silence tells nothing', () => {
	expect(seen({ active: true })).toMatchObject({ state: 'working', inferred: true });
	expect(seen({ active: false })).toMatchObject({ state: 'unknown', why: 'silent' });
	expect(seen({}).state).toBe('unknown');
});

test('a silent shell that holds the foreground waits at its prompt', () => {
	const shell = { shell: true, active: false };
	expect(seen({ ...shell, foreground: 'self' })).toMatchObject({ state: 'idle' });
	expect(seen({ ...shell, foreground: 'other' })).toMatchObject({ state: 'working' });
	expect(seen({ active: false, foreground: 'self' }).state).toBe('unknown');
});

test('a shell at its prompt shows no progress, whatever was interrupted', () => {
	const shell = { shell: true, active: false, progress: 1 };
	expect(seen({ ...shell, foreground: 'other' }).source).toBe('progress');
	expect(seen({ ...shell, foreground: 'self' }).state).toBe('idle');
	expect(seen({ active: false, progress: 1, foreground: 'self' }).state).toBe('working');
});

test('a shell that runs a command line is no interactive shell', () => {
	expect(isShell(['/bin/bash', '--norc'])).toBe(true);
	expect(isShell(['bash', '-c', 'npm test'])).toBe(false);
	expect(isShell(['vim'])).toBe(false);
});

test('what was judged without words of the program is judged the same after an adoption', () => {
	const known: Partial<Evidence>[] = [
		{ shell: true, active: false, foreground: 'self' },
		{ shell: true, active: true, foreground: 'other' },
		{ active: true, foreground: 'self' },
		{ active: false, foreground: 'self' },
		{},
	];
	for (const evidence of known) {
		const before = seen(evidence);
		const { shell = false } = evidence;
		expect(
			seen({ shell, ...evidenceBehind(before, { silentMs: 100, shell }, nobody) }),
		).toEqual(before);
	}
	const printing = evidenceBehind(
		seen({ active: true }),
		{ silentMs: 60_000, shell: false },
		nobody,
	);
	expect(seen(printing)).toMatchObject({ state: 'unknown', why: 'silent' });
});

test('a shell that fell silent while nobody listened is looked at when it is adopted', () => {
	const printed = seen({ active: true, shell: true });
	const silent = { silentMs: 5000, shell: true };
	const adopted = (who: 'self' | 'other' | null) =>
		seen({ shell: true, ...evidenceBehind(printed, silent, () => who) }).state;
	expect(adopted('self')).toBe('idle');
	expect(adopted('other')).toBe('working');
	expect(adopted(null)).toBe('unknown');
});

function nobody(): null {
	throw new Error('nobody is to be looked at');
}

const read = (
	state: 'asks' | 'needs-approval' | 'waiting' | 'working',
	refines: 'working'[] = [],
) => ({ state, why: 'read', rule: 'r', refines }) as const;

test('a permission that a hook reports stands before an older report of the program', () => {
	const hook = { state: 'needs-approval', why: 'Write: a.txt' } as const;
	const judged = seen({ status: said('working'), hook });
	expect(judged).toMatchObject({ state: 'needs-approval', source: 'hook' });
	const works = { state: 'working', why: null } as const;
	expect(seen({ status: said('done'), hook: works }).state).toBe('done');
});

test('a part that is blocked blocks the whole, whatever else it does', () => {
	const parts = { sub: said('blocked', 'permission'), other: said('working') };
	expect(seen({ status: said('working'), parts }).state).toBe('needs-approval');
	expect(seen({ status: said('blocked', 'question'), parts }).state).toBe('asks');
	expect(seen({ status: said('working'), parts: { sub: said('working') } }).state).toBe(
		'working',
	);
});

test('a rule says more only about the states that it names', () => {
	const waiting = read('waiting', ['working']);
	expect(seen({ status: said('working'), screen: waiting })).toMatchObject({
		state: 'waiting',
		source: 'screen',
		inferred: true,
	});
	expect(seen({ status: said('done'), screen: waiting }).state).toBe('done');
	expect(seen({ status: said('working'), screen: read('asks') }).state).toBe('working');
});

test('a prompt on the screen is no contradiction to who only says that something runs', () => {
	const reported = { state: 'working', why: '3 of 5' } as const;
	const runs: Partial<Evidence>[] = [
		{ promptMark: 'C' },
		{ progress: 1, active: true },
		{ declared: reported },
		{ title: { ...read('working') } },
	];
	for (const one of runs) {
		expect(seen({ ...one, screen: read('asks') })).toMatchObject({
			state: 'asks',
			inferred: true,
		});
		expect(seen({ ...one, screen: read('working') }).source).not.toBe('screen');
	}
	expect(seen({ promptMark: 'A', screen: read('asks') }).state).toBe('idle');
});

test('what a shell reported in passing is over at its prompt; that it is done is not', () => {
	const prompt = { shell: true, active: false, foreground: 'self' } as const;
	expect(seen({ ...prompt, declared: { state: 'working', why: null } }).state).toBe(
		'idle',
	);
	expect(seen({ ...prompt, declared: { state: 'done', why: null } }).state).toBe('done');
});

test('what was read beside another state says nothing of the next one; a prompt stays until it is read', () => {
	const screen = read('waiting', ['working']);
	const done: Evidence = { ...noEvidence, status: said('done'), screen };
	const works: Evidence = { ...done, status: said('working') };
	expect(judge(withoutOldScreen(done, works)).state).toBe('working');
	expect(judge(withoutOldScreen(works, { ...works, active: true })).state).toBe(
		'waiting',
	);
	const silent: Evidence = { ...noEvidence, active: false, screen };
	expect(withoutOldScreen(silent, { ...silent, active: true }).screen).toBe(screen);
	const asks: Evidence = { ...noEvidence, promptMark: 'A', screen: read('asks') };
	expect(judge(withoutOldScreen(asks, { ...asks, promptMark: 'C' })).state).toBe('asks');
});
