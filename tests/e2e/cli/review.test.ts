// The verb for reviews: the same files and comments as on the screen.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReviewJson } from '../../../src/protocol/review.ts';
import { refusal, start } from '../../support/agents.ts';
import { type ScratchWeir, scratchWeir } from '../../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
});
afterEach(() => weir.close());

test('files and comments are told, a comment quotes its line, and all are sent together', async () => {
	const api = await start(weir, 'api');
	expect((await weir.run('review', 'api')).stdout).toContain('has changed nothing');
	writeFileSync(join(api.worktree, 'src', 'a.txt'), 'one\ntwo\n');
	const said = await weir.run('review', 'api', 'src/a.txt:2', 'why', 'two?');
	expect(said.code).toBe(0);
	expect(said.stdout).toMatch(/M +\+1-0 +- +src\/a\.txt/);
	expect(said.stdout).toContain('src/a.txt:2  unsent: why two?');
	for (const place of ['src/a.txt:3', 'src/none.txt:1', '../a.txt:1'])
		expect((await refusal(weir, 'review', 'api', place, 'x')).code).toBe(
			'comment.no-line',
		);
	expect((await weir.run('review', 'api', 'src/a.txt')).code).toBe(2);
	const told = await weir.json<ReviewJson>('review', 'api', '--send');
	expect(told.files).toMatchObject([{ path: 'src/a.txt', letter: 'M', viewed: false }]);
	expect(told.comments).toMatchObject([
		{ path: 'src/a.txt', line: 2, quote: 'two', text: 'why two?', standing: 'waits' },
	]);
	expect((await refusal(weir, 'review', 'api', '--send')).code).toBe('comment.none');
});
