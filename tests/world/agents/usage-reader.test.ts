// Records on the disk, which grow, are cut off and copied: each reply counts once.
import {
	appendFileSync,
	mkdirSync,
	mkdtempSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { UsageContext } from '../../../src/agents/usage.ts';
import { usageFiles } from '../../../src/agents/usage-files.ts';
import { UsageReader } from '../../../src/agents/usage-reader.ts';
import { noUsage, type Usage, withSeen } from '../../../src/domain/cost/usage.ts';

const records = usageFiles({ format: 'weir', files: '**/*.jsonl' });
const since = '2020-01-01T00:00:00.000Z';
const now = Date.parse('2030-01-01T00:00:00.000Z');

function ground(): UsageContext {
	const worktree = mkdtempSync(join(tmpdir(), 'weir-usage-'));
	onTestFinished(() => rmSync(worktree, { recursive: true }));
	return { worktree, home: worktree, environment: {}, days: [] };
}

function line(id: string, output = 10, at = '2026-11-22T10:00:00.000Z'): string {
	return `${JSON.stringify({ id, model: 'm', at, input: 1, output })}\n`;
}

/** Reads with a reader of its own, as after a restart, or with the one that is given. */
async function readOn(usage: Usage, context: UsageContext, reader?: UsageReader) {
	const own = reader ?? new UsageReader(records, usage);
	await own.read(context, now);
	const seen = own.take();
	return { reader: own, usage: seen ? withSeen(usage, seen, since) : usage };
}

function outputOf({ spent }: Usage): number {
	return spent.reduce((sum, { tokens }) => sum + tokens.output, 0);
}
function repliesOf({ spent }: Usage): number {
	return spent.reduce((sum, { replies }) => sum + replies, 0);
}

test('lines count once they are whole, and a later line on a reply adds what it knows more', async () => {
	const context = ground();
	const file = join(context.worktree, 'a.jsonl');
	writeFileSync(file, line('one') + line('two').slice(0, 12));
	const first = await readOn(noUsage(since), context);
	expect(repliesOf(first.usage)).toBe(1);
	appendFileSync(file, line('two').slice(12) + line('one', 25) + line('one', 5));
	const { usage } = await readOn(first.usage, context, first.reader);
	expect([repliesOf(usage), outputOf(usage)]).toEqual([2, 35]);
});

test('after a restart only what is behind the mark counts, and no copy of what is before it', async () => {
	const context = ground();
	writeFileSync(join(context.worktree, 'a.jsonl'), line('one') + line('two'));
	const first = await readOn(noUsage(since), context);
	appendFileSync(join(context.worktree, 'a.jsonl'), line('three'));
	// A conversation that goes on in another file brings the earlier replies along.
	mkdirSync(join(context.worktree, 'b'));
	writeFileSync(
		join(context.worktree, 'b', 'b.jsonl'),
		line('one') + line('two') + line('four'),
	);
	const { usage } = await readOn(first.usage, context);
	expect([repliesOf(usage), outputOf(usage)]).toEqual([4, 40]);
	expect(repliesOf((await readOn(usage, context)).usage)).toBe(4);
});

test('after a restart a file that brings counted replies along is read behind theirs', async () => {
	const context = ground();
	const write = (name: string) =>
		writeFileSync(join(context.worktree, `${name}.jsonl`), line('one'));
	write('m');
	const { usage } = await readOn(noUsage(since), context);
	// In whatever order the file system names them.
	for (const name of ['0', 'a', 'l', 'n', 'z']) write(name);
	expect(repliesOf((await readOn(usage, context)).usage)).toBe(1);
});

test('a file that is cut off and written anew counts what it has not told', async () => {
	const context = ground();
	const file = join(context.worktree, 'a.jsonl');
	writeFileSync(file, line('one') + line('two'));
	const first = await readOn(noUsage(since), context);
	truncateSync(file);
	writeFileSync(file, line('two'));
	const second = await readOn(first.usage, context, first.reader);
	expect(repliesOf(second.usage)).toBe(2);
	appendFileSync(file, line('three'));
	const third = await readOn(second.usage, context, first.reader);
	expect(repliesOf(third.usage)).toBe(3);
	// Cut off while nobody read: by their time.
	writeFileSync(file, line('two') + line('new', 10, '2026-11-23T10:00:00.000Z'));
	expect(repliesOf((await readOn(third.usage, context)).usage)).toBe(4);
});

test('what came before the agent is none of its own', async () => {
	const context = ground();
	const file = join(context.worktree, 'a.jsonl');
	writeFileSync(file, line('old', 10, '2019-12-31T23:00:00.000Z') + line('own'));
	expect(repliesOf((await readOn(noUsage(since), context)).usage)).toBe(1);
});

test('a line without end is passed over, and the next one counts', async () => {
	const context = ground();
	const file = join(context.worktree, 'a.jsonl');
	const junk = `{"id":"x","output":1,"pad":"${'x'.repeat(5 * 1024 * 1024)}"}\n`;
	writeFileSync(file, junk + line('one'));
	expect(repliesOf((await readOn(noUsage(since), context)).usage)).toBe(1);
});

test('whatever is written, copied and killed in between, each reply counts once', async () => {
	const step = fc.oneof(
		fc.record({
			does: fc.constant('write' as const),
			id: fc.integer({ min: 0, max: 30 }),
			file: fc.integer({ min: 0, max: 2 }),
		}),
		fc.constant({ does: 'read' as const }),
		fc.constant({ does: 'restart' as const }),
		fc.constant({ does: 'lose' as const }),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
			const worktree = mkdtempSync(join(tmpdir(), 'weir-usage-'));
			const context = { worktree, home: worktree, environment: {}, days: [] };
			try {
				let usage = noUsage(since);
				let reader: UsageReader | undefined;
				const written = new Set<number>();
				for (const one of [...steps, { does: 'read' as const }]) {
					if (one.does === 'write') {
						appendFileSync(join(worktree, `${one.file}.jsonl`), line(`r${one.id}`));
						written.add(one.id);
					} else if (one.does === 'restart') reader = undefined;
					// What was read and could not be recorded is read again by the next supervisor.
					else if (one.does === 'lose') {
						const lost = new UsageReader(records, usage);
						await lost.read(context, now);
						lost.take();
						reader = undefined;
					} else ({ usage, reader } = await readOn(usage, context, reader));
				}
				expect(repliesOf(usage)).toBe(written.size);
				expect(outputOf(usage)).toBe(10 * written.size);
			} finally {
				rmSync(worktree, { recursive: true });
			}
		}),
		{ numRuns: 60 },
	);
});
