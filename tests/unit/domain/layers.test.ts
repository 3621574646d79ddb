import { expect, test } from 'vitest';
import { layersOf } from '../../../src/domain/layers.ts';

const held = { guard: null, writeTools: [], onWrite: 'report', unwatched: null } as const;
const detection = (more: Partial<Parameters<typeof layersOf>[0]>) =>
	layersOf({ ...held, noise: [], ...more }).find(({ layer }) => layer === 'detection');

test('detection names what it does not tell, and why it tells late', () => {
	expect(detection({})).toMatchObject({ text: 'a write outside is told', allow: null });
	expect(detection({ noise: ['dist/', '*.log'] })?.text).toBe(
		'a write outside is told, but in dist/, *.log',
	);
	const many = ['a/', 'b/', 'c/', 'd/', 'e/', 'f/', 'g/', 'h/'];
	expect(detection({ noise: many })?.text).toMatch(/, f\/ and 2 more$/);
	const late = detection({ unwatched: 'the system has no watches left' });
	expect(late?.text).toMatch(/ not watched: the system has no watches left$/);
	expect(late?.allow).toContain('weir doctor');
});
