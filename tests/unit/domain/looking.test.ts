import { expect, test } from 'vitest';
import { type Evidence, noEvidence } from '../../../src/domain/agent-state.ts';
import { lookIn } from '../../../src/domain/looking.ts';

const never = () => false;
const evidence = (some: Partial<Evidence>): Evidence => ({ ...noEvidence, ...some });
const said = (state: string) => ({ state, blocked: null, message: null });

test('a program that says nothing of itself is looked at when it falls silent and while it prints', () => {
	const silent = evidence({ active: false });
	const prints = evidence({ active: true });
	expect(lookIn(silent, 'silence', never)).toBe(0);
	expect(lookIn(prints, 'output', never)).toBeLessThanOrEqual(250);
	expect(lookIn(prints, 'look', never)).toBe(3000);
	expect(lookIn(silent, 'look', never)).toBeNull();
});

test('a shell at its prompt is never looked at', () => {
	const shell = evidence({ shell: true, active: false, foreground: 'self' });
	expect(lookIn(shell, 'silence', never)).toBeNull();
	expect(lookIn(shell, 'title', never)).toBeNull();
	expect(lookIn({ ...shell, foreground: 'other' }, 'silence', never)).toBe(0);
});

test('whoever reports by itself is looked at where a rule may know more, or it is blocked', () => {
	const works = evidence({ status: said('working'), active: true });
	expect(lookIn(works, 'output', never)).toBeNull();
	expect(lookIn(works, 'output', (state) => state === 'working')).toBe(200);
	expect(lookIn({ ...works, status: said('blocked') }, 'silence', never)).toBe(0);
});

test('who only says that something runs may be asking', () => {
	expect(lookIn(evidence({ promptMark: 'C', active: false }), 'silence', never)).toBe(0);
	expect(
		lookIn(evidence({ promptMark: 'A', active: false }), 'silence', never),
	).toBeNull();
	const reported = { state: 'working', why: '3 of 5' } as const;
	expect(lookIn(evidence({ declared: reported, active: false }), 'silence', never)).toBe(
		0,
	);
});

test('what the screen said before does not decide whether to look again', () => {
	const screen = { state: 'asks', why: null, rule: 'r', refines: [] } as const;
	const done = evidence({ status: said('done'), active: false, screen });
	expect(lookIn(done, 'silence', never)).toBeNull();
});
