import { describe, expect, test } from 'vitest';
import {
	isWritable,
	type PartFolder,
	rulingsFor,
	type Survey,
} from '../../../src/guard/sandbox/rulings.ts';

const part = (path: string, of: Partial<PartFolder> = {}): PartFolder => ({
	...{ path, direct: false, covered: 0, uncovered: [], all: [], none: [] },
	...{ parts: [], unread: false },
	...of,
});

/** As a person would list it: what is opened and what is shut, in order. */
const listed = (survey: Survey, most?: number) =>
	rulingsFor(survey, most).places.map(
		({ path, writable }) => `${writable ? '+' : '-'}${path}`,
	);

describe('what a plan opens', () => {
	test('nothing, or the whole worktree', () => {
		expect(listed('none')).toEqual([]);
		expect(listed('all')).toEqual(['+']);
	});

	test('whole folders, and nothing above them', () => {
		const src = part('src', {
			all: ['src/api'],
			none: ['src/web'],
			uncovered: ['src/x'],
		});
		expect(listed(part('', { parts: [src], none: ['docs'] }))).toEqual(['+src/api']);
	});

	test('the folder of a file, with everything beside it shut', () => {
		const docs = part('docs', {
			...{ direct: true, covered: 1, uncovered: ['docs/b', 'docs/c'] },
			...{ none: ['docs/old'], all: ['docs/new'] },
		});
		expect(listed(part('', { parts: [docs] }))).toEqual([
			...['+docs', '-docs/b', '-docs/c', '-docs/old'],
		]);
	});

	test('a part in an open folder is shut, and what it holds opened again', () => {
		const web = part('web', { all: ['web/pages'], uncovered: ['web/x'] });
		const root = part('', { direct: true, covered: 3, parts: [web], none: ['ci'] });
		expect(listed(root)).toEqual(['+', '-ci', '-web', '+web/pages']);
		const { places } = rulingsFor(root);
		const written = ['new', 'ci/x', 'web/x', 'web/pages/x', 'webs'];
		expect(written.filter((path) => isWritable(places, path))).toEqual([
			...['new', 'web/pages/x', 'webs'],
		]);
	});
});

describe('more places than a start can bear', () => {
	const many = part('many', {
		...{ direct: true, covered: 1 },
		uncovered: Array.from({ length: 30 }, (_, at) => `many/${at}`),
	});
	const few = part('few', { direct: true, covered: 1, uncovered: ['few/a', 'few/b'] });
	const root = part('', { parts: [few, many] });

	test('open the widest folder whole, and tell what lies in it', () => {
		expect(rulingsFor(root, 40).loose).toBe(0);
		expect(listed(root, 10)).toEqual(['+few', '-few/a', '-few/b', '+many']);
		expect(rulingsFor(root, 10).loose).toBe(30);
		expect(listed(root, 2)).toEqual(['+few', '+many']);
		expect(rulingsFor(root, 2).loose).toBe(32);
		expect(listed(root, 1)).toEqual(['+']);
	});

	test('as does what there was too much of to be looked at', () => {
		const unread = part('deep', { unread: true });
		const survey = part('', { parts: [few, unread] });
		expect(listed(survey)).toEqual(['+few', '-few/a', '-few/b', '+deep']);
		expect(rulingsFor(survey).loose).toBe(1);
	});
});
