// Opens the database of the journal: durable, checked, of a known version, or refused.
import { DatabaseSync } from 'node:sqlite';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { applicationId, migrations, schemaVersion } from './schema.ts';
import { refuseCorrupt, refuseSqlite } from './sqlite.ts';

/** A connection to the journal at `path`, its tables created where the file is empty. */
export function openDatabase(path: string): Outcome<DatabaseSync> {
	let database: DatabaseSync | undefined;
	let opened: Outcome<void>;
	try {
		database = new DatabaseSync(path, { timeout: busyTimeoutMs });
		configure(database);
		opened = checkStructure(database, path);
		if (opened.ok) opened = migrate(database, path);
	} catch (error) {
		opened = refuseSqlite(path, error);
	}
	if (opened.ok && database) return ok(database);
	database?.close();
	return opened.ok ? refuseCorrupt(path, 'it cannot be opened') : opened;
}

/** A reader of ours (a backup, `sqlite3` in a shell) may hold the file for a moment. */
const busyTimeoutMs = 2000;

function configure(database: DatabaseSync): void {
	// FULL: with NORMAL, a power cut loses events that were already acknowledged.
	// journal_size_limit: what a burst leaves of the WAL after its checkpoint.
	database.exec(`
		PRAGMA journal_mode = WAL;
		PRAGMA synchronous = FULL;
		PRAGMA recursive_triggers = ON;
		PRAGMA trusted_schema = OFF;
		PRAGMA journal_size_limit = 4194304;
	`);
	database.enableDefensive(true);
}

function checkStructure(database: DatabaseSync, path: string): Outcome<void> {
	const found = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0];
	return found === 'ok' ? ok(undefined) : refuseCorrupt(path, String(found));
}

function migrate(database: DatabaseSync, path: string): Outcome<void> {
	const version = numberOf(database, 'PRAGMA user_version');
	const application = numberOf(database, 'PRAGMA application_id');
	const tables = numberOf(database, 'SELECT count(*) FROM sqlite_schema');
	const fresh = version === 0 && application === 0 && tables === 0;
	if (!fresh && application !== applicationId)
		return refuseCorrupt(path, 'it is no journal of weir');
	if (version > schemaVersion) {
		return refuse(
			'journal.newer',
			`the journal ${path} was written by a later weir (form ${version}, this one knows ${schemaVersion})`,
			'install the later weir again',
		);
	}
	if (version === schemaVersion) return ok(undefined);
	database.exec(`
		BEGIN IMMEDIATE;
		${migrations.slice(version).join('\n')}
		PRAGMA application_id = ${applicationId};
		PRAGMA user_version = ${schemaVersion};
		COMMIT;
	`);
	return ok(undefined);
}

function numberOf(database: DatabaseSync, query: string): number {
	return Number(Object.values(database.prepare(query).get() ?? {})[0]);
}
