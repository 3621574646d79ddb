import { expect, test } from 'vitest';
import { parseShut } from '../../../src/guard/sandbox/shut-mounts.ts';
import { wideningWords } from '../../../src/guard/sandbox/widening-words.ts';

const mounts = `22 1 254:0 / / ro,relatime - ext4 /dev/vda rw
40 22 254:0 /wt/api /wt/api rw,nosuid - ext4 /dev/vda rw
41 40 254:0 /wt/api/.git /wt/api/.git ro,nosuid - ext4 /dev/vda rw
42 40 254:0 /wt/api/a\\040b /wt/api/a\\040b ro,nosuid - ext4 /dev/vda rw
43 40 254:0 /wt/api/src /wt/api/src ro,nosuid - ext4 /dev/vda rw
44 43 254:0 /wt/api/src /wt/api/src rw,nosuid - ext4 /dev/vda rw
45 40 254:0 /wt/apis /wt/apis ro,nosuid - ext4 /dev/vda rw
`;

test('what is shut is read from the mounts, the last of one place counting', () => {
	expect(parseShut(mounts, '/wt/api')).toEqual(['.git', 'a b']);
});

test('all that is to be shut is shut before anything is opened', () => {
	const places = [
		{ path: '', writable: true },
		{ path: 'docs', writable: false },
		{ path: 'docs/new', writable: true },
	];
	expect(wideningWords(places, ['.git', 'src', 'src/a', 'docs/old'])).toEqual([
		...['r:docs', 'r:docs/old', 'w:.', 'w:src', 'w:src/a', 'w:docs/new'],
	]);
});
