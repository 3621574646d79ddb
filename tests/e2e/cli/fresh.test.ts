// A repository in which weir has never run: reading verbs tell of nothing and leave no trace.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ScratchWeir, scratchWeir } from '../../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir();
});
afterAll(() => weir.close());

test('list, status and log print empty, create nothing and end with 0', async () => {
	const list = await weir.run('list', '--json');
	const none = '{"v":1,"agents":[],"alarms":[]}\n';
	expect(list).toEqual({ code: 0, stdout: none, stderr: '' });
	const status = await weir.status();
	expect(status).toEqual({
		v: 1,
		supervisor: null,
		repository: {
			root: weir.repo,
			commonDir: join(weir.repo, '.git'),
			base: null,
			trusted: true,
		},
		journal: { seq: 0, ok: true },
		holders: [],
		strays: [],
		queue: [],
		inbox: [],
		bases: [],
		agents: [],
	});
	expect(await weir.run('log')).toEqual({ code: 0, stdout: '', stderr: '' });
	expect((await weir.run('list')).stdout).toContain('weir new NAME');
	expect(existsSync(join(weir.repo, '.git', 'weir'))).toBe(false);
	expect(readdirSync(weir.env.XDG_RUNTIME_DIR ?? '')).toEqual([]);
	expect(readdirSync(weir.env.XDG_DATA_HOME ?? '')).toEqual([]);
	expect(weir.processes()).toEqual([]);
});

test('down where nothing runs is no failure', async () => {
	const down = await weir.run('down');
	expect(down).toEqual({ code: 0, stdout: 'no supervisor runs\n', stderr: '' });
});
