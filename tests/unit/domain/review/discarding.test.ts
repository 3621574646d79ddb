// A hunk that was discarded is the newest step, and can be put back once.
import { describe, expect, test } from 'vitest';
import { nameOfStep, whatToUndo } from '../../../../src/domain/undoing.ts';
import { Core } from '../../../support/domain.ts';

const side = (object: string) => ({ mode: '100644', object });
const [base, stands, after] = ['a', 'b', 'c'].map(side);

function discarding(): Core {
	const core = new Core();
	core.running('api');
	core.submit({
		...{ kind: 'review.discard', agent: core.id('api'), path: 'src/a.ts' },
		...{ stands: stands ?? null, base: base ?? null, hunk: { old: 3, new: 4 } },
	});
	return core;
}

const undo = { kind: 'undo', landing: null, revert: false } as const;
const value = { before: stands ?? null, after: after ?? null };

describe('a discard', () => {
	test('takes a snapshot by its own name, and no second begins meanwhile', () => {
		const core = discarding();
		expect(core.pending('discard').data).toMatchObject({ hunk: { old: 3, new: 4 } });
		expect(core.pending('discard').data.snapshot).toMatch(/^s\d+$/);
		const again = core.submit({
			...{ kind: 'review.discard', agent: core.id('api'), path: 'b' },
			...{ stands: null, base: null, hunk: null },
		});
		expect(again?.code).toBe('discard.busy');
	});

	test('is put back by an undo, which then is none any more', () => {
		const core = discarding();
		core.settle('discard', { ok: true, value });
		expect(whatToUndo(core.state)).toBe('discard in src/a.ts');
		expect(core.submit(undo)).toBeNull();
		expect(core.pending('discard').data).toMatchObject({
			...{ stands: after, base: stands, hunk: null },
		});
		core.settle('discard', {
			ok: true,
			value: { before: value.after, after: value.before },
		});
		expect(core.state.undoable).toEqual([]);
	});

	test('that was written over since does not stand in the way of older steps', () => {
		const core = discarding();
		core.settle('discard', { ok: true, value });
		core.submit(undo);
		const refusal = { code: 'discard.changed', message: 'it was written since' };
		core.settle('discard', { ok: false, refusal });
		expect(core.state.undoable).toEqual([]);
	});

	test('that was refused leaves nothing to undo', () => {
		const core = discarding();
		const refusal = { code: 'discard.changed', message: 'it was written since' };
		core.settle('discard', { ok: false, refusal });
		expect(core.state.undoable).toEqual([]);
		expect(nameOfStep(core.state, { kind: 'kill', agent: core.id('api') })).toBe(
			'kill of api',
		);
	});
});
