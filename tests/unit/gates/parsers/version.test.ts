// What parsers found is kept beside verdicts: whoever changes how they read counts their version up, so
// that no verdict comes with what older ones have read.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parsersVersion } from '../../../../src/gates/parsers/parse.ts';

const folder = fileURLToPath(new URL('../../../../src/gates/parsers', import.meta.url));

test('the version is that of these parsers: count it up and note their digest here', () => {
	const hash = createHash('sha256');
	// Neither comments nor layout read anything.
	for (const name of readdirSync(folder).toSorted())
		hash.update(
			readFileSync(join(folder, name), 'utf8').replace(/^\s*(?:\/\/|\/?\*).*$|\s+/gm, ''),
		);
	expect([parsersVersion, hash.digest('hex').slice(0, 16)]).toEqual([
		1,
		'71e254c1c038efa8',
	]);
});
