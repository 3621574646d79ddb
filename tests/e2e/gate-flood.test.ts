// A gate that prints more than anybody can keep: weir stays small, quick and honest about it.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { GateReportJson } from '../../src/protocol/gates.ts';
import { start } from '../support/agents.ts';
import { openCockpit } from '../support/cockpit.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

const megabyte = 1_000_000;
/** Many times what may be kept, and what is kept where nothing bounds it. */
const flood = (process.env['WEIR_SOAK'] === '1' ? 1000 : 300) * megabyte;
const mostMemory = 150 * megabyte;
const mostDisk = 4 * megabyte;
const kept = 2 * megabyte;

let weir: ScratchWeir;
afterEach(() => weir.close());

/** The most memory that a process has ever had, in bytes. */
function peakOf(pid: number): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

function sizeOf(folder: string): number {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.reduce(
			(sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size,
			0,
		);
}

test('a flood costs a bounded amount, is watched as it comes, and leaves its end', async () => {
	weir = scratchWeir({ 'a.txt': 'one\n' });
	const go = join(weir.folder, 'home', 'go');
	const settings = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(settings, { recursive: true });
	mkdirSync(join(weir.folder, 'home'), { recursive: true });
	const run = [
		`yes "a line of the flood" | head -c ${flood}`,
		`printf '\\nall of it %s\\n' came; until test -e ${go}; do sleep 0.1; done`,
		'echo src/a.ts:1:1: error: the end; exit 1',
	].join('; ');
	writeFileSync(
		join(settings, 'config.yaml'),
		`gates:\n  floods: {run: ${JSON.stringify(run)}, when: demand, timeout: 600}\n`,
	);
	await start(weir, 'api');
	const pid = (await weir.status()).supervisor?.pid ?? 0;
	const verdicts = join(weir.repo, '.git', 'weir', 'verdicts');
	const before = { memory: peakOf(pid), disk: sizeOf(verdicts) };
	await using cockpit = await openCockpit(weir, [], { columns: 120, rows: 36 });
	cockpit.key('5');
	await cockpit.waitFor(/1 api/);
	cockpit.key('g');
	await cockpit.waitFor('a line of the flood');
	// While it comes the screen does what keys say.
	cockpit.key('6');
	await cockpit.waitFor('Nothing waits to land.');
	cockpit.key('5');
	await cockpit.waitFor('all of it came');
	expect(peakOf(pid) - before.memory).toBeLessThan(mostMemory);
	writeFileSync(go, '');
	await cockpit.waitFor(/api +✗ 1/);
	const all =
		flood + 'all of it came\n\n'.length + 'src/a.ts:1:1: error: the end\n'.length;
	const lost = (all - kept).toLocaleString('en');
	await cockpit.waitFor(`${lost} characters of what it printed not kept`);
	const told = await weir.json<GateReportJson>('gates', 'show', 'api', 'floods');
	expect(told).toMatchObject({ truncated: true, leftOut: all - kept });
	expect(told.output.endsWith('error: the end\n')).toBe(true);
	expect(told.failures).toMatchObject([{ file: 'src/a.ts', message: 'the end' }]);
	const { stderr } = await weir.run('gates', 'show', 'api', 'floods');
	expect(stderr).toContain(`${lost} characters were not kept`);
	expect(peakOf(pid) - before.memory).toBeLessThan(mostMemory);
	expect(sizeOf(verdicts) - before.disk).toBeLessThan(mostDisk);
}, 240_000);
