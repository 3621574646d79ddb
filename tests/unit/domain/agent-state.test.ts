import { expect, test } from 'vitest';
import {
	type Evidence,
	evidenceBehind,
	isShell,
	judge,
	noEvidence,
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
