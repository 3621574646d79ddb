import { expect, test } from 'vitest';
import { type Evidence, judge, noEvidence } from '../../../src/domain/agent-state.ts';
import type { TerminalSignal } from '../../../src/protocol/holder.ts';
import { fold } from '../../../src/supervisor/evidence-fold.ts';

function status(
	state: string,
	some: { id?: string; blocked?: string } = {},
): TerminalSignal {
	const { id = null, blocked = null } = some;
	return {
		...{ kind: 'status', id, state, blocked },
		...{ app: null, title: null, message: null, progress: null },
	};
}

const after = (signals: readonly TerminalSignal[], first: Partial<Evidence> = {}) =>
	signals.reduce(fold, { ...noEvidence, ...first });

test('records are kept by their id until they are cleared', () => {
	const both = after([status('working'), status('blocked', { id: 'sub' })]);
	expect(judge(both).state).toBe('needs-approval');
	expect(judge(fold(both, status('clear', { id: 'sub' }))).state).toBe('working');
	expect(after([status('working'), status('clear')]).status).toBeNull();
});

test('a program that names parts without end is remembered by the newest ones', () => {
	const many = Array.from({ length: 500 }, (_, at) =>
		status('working', { id: `p${at}` }),
	);
	const { parts } = after([...many, status('blocked', { id: 'last' })]);
	expect(Object.keys(parts).length).toBeLessThanOrEqual(64);
	expect(parts.last?.state).toBe('blocked');
});

test('a later report of the program takes back what its hook said; a blocked one does not', () => {
	const hook = { state: 'needs-approval', why: 'Bash: ls' } as const;
	expect(after([status('working')], { hook }).hook).toBeNull();
	expect(after([status('blocked', { blocked: 'permission' })], { hook }).hook).toEqual(
		hook,
	);
	expect(after([status('working', { id: 'sub' })], { hook }).hook).toEqual(hook);
});

test('who said that it is done and prints again after a silence has begun something else', () => {
	const declared = { state: 'done', why: null } as const;
	const activity = (active: boolean) =>
		({ kind: 'activity', active, foreground: null }) as const;
	const quiet = after([activity(true), activity(false)], { declared, active: true });
	expect(quiet.declared).toEqual(declared);
	expect(fold(quiet, activity(true)).declared).toBeNull();
});
