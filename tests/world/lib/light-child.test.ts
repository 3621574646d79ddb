import { readdirSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { type Argv, startLight } from '../../../src/lib/light-child.ts';
import { isNativeLoaded, loadNative } from '../../../src/lib/native.ts';
import { makeScratch } from '../../support/scratch.ts';

const start = { env: { PATH: process.env.PATH ?? '', SAID: 'so' }, cwd: '/' };

async function run(argv: Argv, input = '') {
	const child = await startLight(argv, start);
	child.stdin.on('error', () => undefined);
	child.stdin.end(input);
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
	return { stdout, stderr, ...(await child.ended) };
}

const ways = [
	[
		'by Node, before anything native is loaded',
		() => expect(isNativeLoaded()).toBe(false),
	],
	['without a copy of this process', loadNative],
] as const;

test.each(ways)('a program started %s', async (_, prepare) => {
	prepare();
	const script = 'cat; pwd; echo "$SAID" >&2; exit 7';
	expect(await run(['sh', '-c', script], 'read\n')).toEqual({
		...{ stdout: 'read\n/\n', stderr: 'so\n' },
		...{ code: 7, signal: null },
	});
	const killed = await run(['sh', '-c', 'kill -KILL $$']);
	expect(killed).toMatchObject({ code: null, signal: 'SIGKILL' });
	// Of much output and input nothing is cut off.
	const much = 'x'.repeat(3_000_000);
	expect((await run(['cat'], much)).stdout).toBe(much);
	const session = await run(['sh', '-c', 'ps -o sid= -p $$; echo $$']);
	const [sid, pid] = session.stdout.trim().split(/\s+/);
	expect(sid).toBe(pid);
	// Node ignores SIGPIPE; a program that was given that would never end by it.
	const piped = await run(['sh', '-c', 'grep SigIgn /proc/self/status']);
	expect(piped.stdout.trim()).toMatch(/0{12}[0-9a-f]{4}$/);
});

test.each(ways)('what cannot be started %s is told', async (_, prepare) => {
	if (prepare === loadNative) prepare();
	const started = async (argv: Argv, cwd = '/') =>
		(await startLight(argv, { ...start, cwd })).ended;
	const missing = 'no-such-program-anywhere';
	await expect(started([missing])).rejects.toThrow(`${missing} could not be started`);
	const folder = `${makeScratch()}/gone`;
	await expect(started(['true'], folder)).rejects.toThrow('could not be started');
	await expect(started(['echo', 'a\0b'])).rejects.toThrow(/null byte/);
});

test('three hundred of them at once all end, and leave no descriptor behind', async () => {
	loadNative();
	const before = readdirSync('/proc/self/fd').length;
	const all = Array.from({ length: 300 }, (_, at) => run(['sh', '-c', `exit ${at % 5}`]));
	expect((await Promise.all(all)).map(({ code }) => code)).toEqual(
		all.map((_, at) => at % 5),
	);
	expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before + 2);
});
