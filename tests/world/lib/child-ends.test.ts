import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { endOf } from '../../../src/lib/child-ends.ts';
import { loadNative, startProgram } from '../../../src/lib/native.ts';

async function started(script: string): Promise<number> {
	const program = await startProgram(['sh', '-c', script], [], '/');
	if (program === null || typeof program === 'number') throw new Error(String(program));
	for (const stream of program.streams) closeSync(stream);
	return program.pid;
}

test('a program that ended before anybody asked is known at once, not by the next look', async () => {
	loadNative();
	// From the first one on this process listens.
	expect(await endOf(await started('exit 3'))).toEqual({ code: 3, signal: null });
	const told = once(process, 'SIGCHLD');
	const pid = await started('exit 5');
	await told;
	await turn();
	const end = await Promise.race([endOf(pid), turn('not known yet')]);
	expect(end).toEqual({ code: 5, signal: null });
});
