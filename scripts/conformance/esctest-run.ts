// Runs esctest2 in a terminal that is the emulator of the panes and nothing else. It reads the screen
// back by checksums (DECRQCRA), which a pane never answers, since a program could so read what another
// one left there: here this file answers them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Emulator } from '../../src/terminal/emulator.ts';
import { startPty } from '../../src/terminal/pty.ts';

export interface TestResult {
	/** As esctest names it: `CUPTests.test_CUP_ColumnOnly`. */
	readonly name: string;
	readonly verdict: 'passed' | 'failed' | 'not asked';
}

/** The size that esctest expects. */
const size = { columns: 80, rows: 25 };
const answerSeconds = 1;

/**
 * `folder` is a checkout of esctest2; `log` is where its log goes. Each test has a terminal of its own:
 * an answer that comes too late or that nobody expected would spoil all that follow.
 */
export async function runEsctest(folder: string, log: string): Promise<TestResult[]> {
	const all = await runTests(folder, log, '.*');
	const results: TestResult[] = [];
	for (const { name } of all) results.push(...(await runTests(folder, log, `^${name}$`)));
	return results;
}

async function runTests(
	folder: string,
	log: string,
	include: string,
): Promise<TestResult[]> {
	const program = join(folder, 'esctest', 'esctest.py');
	const options = ['--expected-terminal', 'xterm', '--no-print-logs', '--logfile', log];
	const which = ['--timeout', String(answerSeconds), '--include', include];
	const started = startPty({
		...size,
		argv: ['python3', program, ...options, ...which],
		cwd: join(folder, 'esctest'),
		env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', TERM: 'xterm-256color' },
	});
	if (!started.ok) throw new Error(started.refusal.message);
	using pty = started.value;
	using emulator = new Emulator(size);
	emulator.onReply.on((reply) => pty.write(Buffer.from(reply)));
	const feed = answeringChecksums(emulator, (answer) => pty.write(Buffer.from(answer)));
	pty.onData.on(feed);
	await new Promise<void>((resolve) => pty.onExit.on(() => resolve()));
	return resultsIn(readFileSync(log, 'utf8'));
}

function answeringChecksums(
	emulator: Emulator,
	answer: (text: string) => void,
): (bytes: Uint8Array) => void {
	let held = '';
	return (bytes) => {
		let text = held + Buffer.from(bytes).toString('latin1');
		held = '';
		for (let found = request.exec(text); found; found = request.exec(text)) {
			emulator.write(Buffer.from(text.slice(0, found.index), 'latin1'));
			text = text.slice(found.index + found[0].length);
			const [, id, top, left, bottom, right] = found.map(Number);
			const area = { top, left, bottom, right };
			answer(`\x1bP${id}!~${checksum(emulator, area)}\x1b\\`);
		}
		const cut = unfinished.exec(text);
		held = cut?.[0] ?? '';
		emulator.write(Buffer.from(text.slice(0, text.length - held.length), 'latin1'));
	};
}

const request = /\x1b\[(\d+);\d*;(\d+);(\d+);(\d+);(\d+)\*y/;
const unfinished = /\x1b(?:\[[\d;]*\*?)?$/;

type Area = Readonly<Record<'top' | 'left' | 'bottom' | 'right', number | undefined>>;

/** As xterm before version 279 says it: the negative sum of the characters, a blank as a space. */
function checksum(emulator: Emulator, area: Area): string {
	const { top = 1, left = 1, bottom = 1, right = 1 } = area;
	const { changed } = emulator.rows(null);
	let sum = 0;
	for (let y = top - 1; y < bottom; y += 1)
		for (let x = left - 1; x < right; x += 1)
			sum += (changed[y]?.cells[x * 3] ?? 0) & 0x1fffff || 0x20;
	return ((0x10000 - sum) & 0xffff).toString(16).toUpperCase().padStart(4, '0');
}

function resultsIn(log: string): TestResult[] {
	const [, ...parts] = log.split('Run test: ');
	return parts.map((part) => {
		const name = part.slice(0, part.indexOf('\n')).trim();
		if (/\*\*\* TEST .* FAILED/.test(part)) return { name, verdict: 'failed' };
		const passed = /^(?:\d.*)?Passed\.$/m.test(part);
		return { name, verdict: passed ? 'passed' : 'not asked' };
	});
}
