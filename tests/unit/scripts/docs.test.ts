import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generatedDocs } from '../../../scripts/docs.ts';

test.each(Object.entries(generatedDocs()))(
	'%s is what npm run docs makes',
	(path, text) => {
		const root = join(import.meta.dirname, '..', '..', '..');
		expect(readFileSync(join(root, path), 'utf8')).toBe(text);
	},
);
