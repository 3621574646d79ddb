import {
	appendFileSync,
	copyFileSync,
	readFileSync,
	renameSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openJournalFolder } from '../../../src/journal/folder.ts';
import { type Journal, openJournal } from '../../../src/journal/journal.ts';
import { granted, refusalOf } from '../../support/outcomes.ts';
import { startFixture } from '../../support/program.ts';
import { makeScratch } from '../../support/scratch.ts';

const entry = (kind: string, data: unknown = {}) => ({
	at: '2026-11-21T01:02:03.004Z',
	actor: 'human',
	cause: 'command:test',
	kind,
	data,
});

function open(folder: string): Journal {
	const journal = granted(openJournal(folder));
	onTestFinished(() => journal[Symbol.dispose]());
	return journal;
}

function openFresh(): Journal {
	return open(granted(openJournalFolder(makeScratch())));
}

/** The journal's file as another program would open it, without any pragma of ours. */
function openRaw(journal: Journal): DatabaseSync {
	const database = new DatabaseSync(journal.path);
	onTestFinished(() => database.close());
	return database;
}

describe('append', () => {
	test('numbers events from 1 without gaps and reads them back as given', () => {
		const journal = openFresh();
		expect(granted(journal.append([entry('a', { x: [1, null] }), entry('b')]))).toEqual([
			1, 2,
		]);
		expect(granted(journal.append([{ ...entry('c'), seq: 3 }]))).toEqual([3]);
		expect(journal.lastSeq()).toBe(3);
		expect([...journal.read()].map((row) => [row.seq, row.kind])).toEqual([
			[1, 'a'],
			[2, 'b'],
			[3, 'c'],
		]);
		expect([...journal.read(1, 1)]).toEqual([
			{ ...entry('a', { x: [1, null] }), seq: 1 },
		]);
	});

	test('takes all entries of a group or none', () => {
		const journal = openFresh();
		granted(journal.append([entry('a')]));
		expect(() => journal.append([entry('b'), { ...entry('c'), seq: 9 }])).toThrow(
			/misused/,
		);
		expect(journal.lastSeq()).toBe(1);
		expect(granted(journal.append([entry('d')]))).toEqual([2]);
	});

	test('goes on from the last number after the journal is opened again', () => {
		const journal = openFresh();
		granted(journal.append([entry('a'), entry('b')]));
		const folder = join(journal.path, '..');
		journal[Symbol.dispose]();
		expect(granted(open(folder).append([entry('c')]))).toEqual([3]);
	});

	test('is refused once the file was removed or replaced', () => {
		const journal = openFresh();
		granted(journal.append([entry('a')]));
		copyFileSync(journal.path, `${journal.path}.copy`);
		renameSync(`${journal.path}.copy`, journal.path);
		expect(refusalOf(journal.append([entry('b')])).code).toBe('journal.moved');
	});
});

describe('what is recorded stays', () => {
	const attempts = {
		update: "UPDATE event SET kind = 'z' WHERE seq = 1",
		delete: 'DELETE FROM event WHERE seq = 1',
		'insert or replace':
			"INSERT OR REPLACE INTO event VALUES (1,'t','a','c','z','{}',NULL)",
		'update or replace': 'UPDATE OR REPLACE event SET seq = 2 WHERE seq = 1',
		'insert with a gap': "INSERT INTO event VALUES (9,'t','a','c','z','{}',NULL)",
		upsert:
			"INSERT INTO event VALUES (1,'t','a','c','z','{}',NULL) ON CONFLICT DO UPDATE SET kind='z'",
	};
	test.each(Object.entries(attempts))('%s is refused to any program', (_, statement) => {
		const journal = openFresh();
		granted(journal.append([entry('a'), entry('b')]));
		const before = [...journal.read()];
		expect(() => openRaw(journal).exec(statement)).toThrow(/events are/);
		expect([...journal.read()]).toEqual(before);
	});
});

describe('read', () => {
	test('pages through more rows than it holds at a time, and sees what is added', () => {
		const journal = openFresh();
		granted(journal.append(Array.from({ length: 1200 }, () => entry('a'))));
		const rows = journal.read(100);
		expect(rows.next().value).toMatchObject({ seq: 100 });
		granted(journal.append([entry('late')]));
		const rest = [...rows];
		expect(rest.length).toBe(1101);
		expect(rest.at(-1)).toMatchObject({ seq: 1201, kind: 'late' });
		expect([...journal.read(1, 700)].length).toBe(700);
		expect([...journal.read(1202)]).toEqual([]);
	});
});

describe('checkpoint', () => {
	test('is replaced, and is void under another shape', () => {
		const journal = openFresh();
		granted(journal.append([entry('a'), entry('b')]));
		granted(journal.saveCheckpoint({ seq: 1, shape: 's1', state: { n: 1 } }));
		granted(journal.saveCheckpoint({ seq: 2, shape: 's1', state: { n: 2 } }));
		expect(journal.loadCheckpoint('s1')).toEqual({
			seq: 2,
			shape: 's1',
			state: { n: 2 },
		});
		expect(journal.loadCheckpoint('s2')).toBeUndefined();
		expect([...journal.read()].length).toBe(2);
	});

	test('ahead of the events is not believed', () => {
		const journal = openFresh();
		granted(journal.saveCheckpoint({ seq: 5, shape: 's1', state: {} }));
		expect(journal.loadCheckpoint('s1')).toBeUndefined();
	});
});

describe('open', () => {
	test('keeps folder and files from everyone else', () => {
		const journal = openFresh();
		granted(journal.append([entry('a')]));
		const modes = ['', '-wal', '-shm'].map(
			(suffix) => statSync(`${journal.path}${suffix}`).mode & 0o777,
		);
		expect(modes).toEqual([0o600, 0o600, 0o600]);
		expect(statSync(join(journal.path, '..')).mode & 0o777).toBe(0o700);
	});

	test('refuses a damaged journal and leaves it as it is', () => {
		const folder = granted(openJournalFolder(makeScratch()));
		const path = join(folder, 'journal.sqlite');
		const garbage = Buffer.alloc(8192, 'not a database ');
		writeFileSync(path, garbage);
		const refusal = refusalOf(openJournal(folder));
		expect(refusal.code).toBe('journal.corrupt');
		expect(refusal.allow).toContain(`mv -- ${path}`);
		expect(readFileSync(path).equals(garbage)).toBe(true);
	});

	test('refuses a journal with a page overwritten', () => {
		const journal = openFresh();
		const padded = Array.from({ length: 300 }, () => entry('a', 'x'.repeat(200)));
		granted(journal.append(padded));
		journal[Symbol.dispose]();
		const bytes = readFileSync(journal.path);
		bytes.fill(0xa5, 4096 * 4, 4096 * 6);
		writeFileSync(journal.path, bytes);
		expect(refusalOf(openJournal(join(journal.path, '..'))).code).toBe('journal.corrupt');
	});

	test('refuses the journal of a later version and a database that is no journal', () => {
		const later = openFresh();
		openRaw(later).exec('PRAGMA user_version = 99');
		later[Symbol.dispose]();
		expect(refusalOf(openJournal(join(later.path, '..'))).code).toBe('journal.newer');
		const folder = granted(openJournalFolder(makeScratch()));
		const foreign = new DatabaseSync(join(folder, 'journal.sqlite'));
		foreign.exec('CREATE TABLE notes (text)');
		foreign.close();
		expect(refusalOf(openJournal(folder)).code).toBe('journal.corrupt');
	});
});

describe('kill -9 of the writer', () => {
	test('loses no acknowledged event, at twenty random moments', async () => {
		const folder = granted(openJournalFolder(makeScratch()));
		let acknowledged = 0;
		for (let round = 0; round < 20; round += 1) {
			const writer = startFixture('journal-writer.ts', folder, '7', '300');
			const wanted = acknowledged + 7 * (1 + Math.floor(Math.random() * 60));
			await writer.line((line) => Number(line.split(' ')[1]) >= wanted);
			await writer.kill();
			acknowledged = Number(writer.lines.at(-1)?.split(' ')[1]);
			const journal = granted(openJournal(folder));
			const last = journal.lastSeq();
			granted(journal.examineAfter(0));
			expect(journal.takeForeign()).toBeNull();
			journal[Symbol.dispose]();
			expect(last).toBeGreaterThanOrEqual(acknowledged);
			expect(last % 7).toBe(0);
			acknowledged = last;
		}
	});
});

test('a write of somebody else is told once, and what it added is put aside', () => {
	const journal = openFresh();
	granted(journal.append([entry('mine')]));
	expect(journal.takeForeign()).toBe(null);
	const other = openRaw(journal);
	// Who only reads has written nothing.
	other.prepare('SELECT count(*) FROM event').get();
	expect(journal.takeForeign()).toBe(null);
	const add = (seq: number) =>
		other
			.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, NULL)')
			.run(seq, 'now', 'human', 'forged', 'forged', '{}');
	add(2);
	add(3);
	expect(granted(journal.append([entry('mine too')]))).toEqual([2]);
	expect(journal.takeForeign()).toEqual({ added: 2 });
	expect(journal.takeForeign()).toBe(null);
	expect([...journal.read()].map(({ kind }) => kind)).toEqual(['mine', 'mine too']);
	// It is still true that nobody takes an event away.
	expect(() => other.exec('DELETE FROM event')).toThrow('never deleted');

	other.exec("DROP TRIGGER event_stays; UPDATE event SET actor = 'x'");
	expect(journal.takeForeign()).toEqual({ added: 0 });
	appendFileSync(`${journal.path}-wal`, 'x');
	expect(journal.takeForeign()).toEqual({ added: 0 });
	expect(journal.takeForeign()).toBe(null);
});
