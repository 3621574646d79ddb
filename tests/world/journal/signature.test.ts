// What is found of others' writes when a journal is opened: while nobody had it open, nobody saw them.
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openJournalFolder } from '../../../src/journal/folder.ts';
import { type Journal, openJournal } from '../../../src/journal/journal.ts';
import { migrations } from '../../../src/journal/schema.ts';
import { granted } from '../../support/outcomes.ts';
import { makeScratch } from '../../support/scratch.ts';

const entry = (kind: string) => ({
	...{ at: '2026-11-21T01:02:03.004Z', actor: 'human', cause: 'command:test' },
	...{ kind, data: { with: 'umlauts: ü' } },
});

const freshFolder = () => granted(openJournalFolder(makeScratch()));

/** A journal with these events, closed again. */
function write(folder: string, ...kinds: string[]): void {
	using journal = granted(openJournal(folder));
	granted(journal.append(kinds.map(entry)));
	granted(journal.saveCheckpoint({ seq: journal.lastSeq(), shape: 's', state: kinds }));
}

/** As a supervisor opens it that believes no checkpoint. */
function reopen(folder: string, after = 0): Journal {
	const journal = granted(openJournal(folder));
	onTestFinished(() => journal[Symbol.dispose]());
	granted(journal.examineAfter(after));
	return journal;
}

/** Another program, which knows nothing but SQLite. */
function tamper(folder: string, ...statements: string[]): void {
	const database = new DatabaseSync(join(folder, 'journal.sqlite'));
	for (const statement of statements) database.exec(statement);
	database.close();
}

const add = (seq: number) =>
	`INSERT INTO event (seq, at, actor, cause, kind, data) VALUES (${seq}, 'now', 'human', 'c', 'forged', '{}')`;
const kindsOf = (journal: Journal) => [...journal.read()].map(({ kind }) => kind);

test('events that were added are put aside and told once, and the next one takes their number', () => {
	const folder = freshFolder();
	write(folder, 'a', 'b');
	tamper(folder, add(3), add(4));
	const journal = reopen(folder, 2);
	expect(journal.takeForeign()).toEqual({ added: 2 });
	expect(journal.takeForeign()).toBeNull();
	expect(granted(journal.append([entry('c')]))).toEqual([3]);
	expect(kindsOf(journal)).toEqual(['a', 'b', 'c']);
	const [aside = ''] = readdirSync(folder).filter((name) => name.includes('.foreign-'));
	expect(JSON.parse(readFileSync(join(folder, aside), 'utf8'))).toMatchObject([
		{ seq: 3, kind: 'forged' },
		{ seq: 4 },
	]);
	journal[Symbol.dispose]();
	expect(reopen(folder).takeForeign()).toBeNull();
});

test('an event that was rewritten is told, and one at the end is put aside', () => {
	const rewrite = (seq: number) =>
		`DROP TRIGGER event_stays; UPDATE event SET data = '{}' WHERE seq = ${seq}`;
	const folder = freshFolder();
	write(folder, 'a', 'b', 'c');
	tamper(folder, rewrite(2));
	expect(reopen(folder).takeForeign()).toEqual({ added: 0 });
	const other = freshFolder();
	write(other, 'a', 'b', 'c');
	tamper(other, rewrite(3));
	const journal = reopen(other);
	expect(journal.takeForeign()).toEqual({ added: 1 });
	expect(kindsOf(journal)).toEqual(['a', 'b']);
	// A signature of another event does not do.
	const copied = freshFolder();
	write(copied, 'a', 'b');
	tamper(
		copied,
		"INSERT INTO event SELECT 3, at, actor, cause, 'forged', data, signature FROM event WHERE seq = 2",
	);
	expect(reopen(copied).takeForeign()).toEqual({ added: 1 });
});

test('a stored state that others wrote is none', () => {
	const folder = freshFolder();
	write(folder, 'a');
	expect(reopen(folder).loadCheckpoint('s')).toMatchObject({ seq: 1, state: ['a'] });
	tamper(folder, "UPDATE checkpoint SET state = '[]'");
	expect(reopen(folder).loadCheckpoint('s')).toBeUndefined();
	tamper(folder, 'UPDATE checkpoint SET signature = NULL');
	expect(reopen(folder).loadCheckpoint('s')).toBeUndefined();
});

test('nothing is told of a journal of before there were signatures, which goes on with them', () => {
	const folder = freshFolder();
	tamper(
		folder,
		...migrations.slice(0, 2),
		'PRAGMA application_id = 2003134834; PRAGMA user_version = 2',
		...[1, 2].map(add),
	);
	write(folder, 'a');
	const journal = reopen(folder);
	expect(journal.takeForeign()).toBeNull();
	expect(kindsOf(journal)).toEqual(['forged', 'forged', 'a']);
	journal[Symbol.dispose]();
	tamper(folder, add(4));
	expect(reopen(folder).takeForeign()).toEqual({ added: 1 });
});

test('nothing is told of a copy, of a backup that was put back, and of a key that was lost', () => {
	const folder = freshFolder();
	write(folder, 'a');
	const backup = join(makeScratch(), 'backup');
	copyFileSync(join(folder, 'journal.sqlite'), backup);
	write(folder, 'b');
	const copy = join(makeScratch(), 'copy');
	cpSync(folder, copy, { recursive: true });
	write(copy, 'c');
	expect(reopen(copy).takeForeign()).toBeNull();

	for (const suffix of ['-wal', '-shm'])
		rmSync(join(folder, `journal.sqlite${suffix}`), { force: true });
	copyFileSync(backup, join(folder, 'journal.sqlite'));
	write(folder, 'd');
	expect(kindsOf(reopen(folder))).toEqual(['a', 'd']);
	expect(reopen(folder).takeForeign()).toBeNull();

	const first = readFileSync(join(folder, 'journal.key'));
	rmSync(join(folder, 'journal.key'));
	write(folder, 'e');
	const journal = reopen(folder);
	expect(journal.takeForeign()).toBeNull();
	expect(kindsOf(journal)).toEqual(['a', 'd', 'e']);
	expect(readFileSync(join(folder, 'journal.key')).equals(first)).toBe(false);
	// What is added after it is found all the same.
	journal[Symbol.dispose]();
	tamper(folder, add(4));
	expect(reopen(dirname(journal.path)).takeForeign()).toEqual({ added: 1 });
});
