// The tables of the journal. A change raises `schemaVersion` and adds a step to `migrations`.

/** Kept as `user_version`; a journal of a later version is refused rather than guessed at. */
export const schemaVersion = 3;

/** "weir", kept as `application_id`, so that a foreign database is never taken for a journal. */
export const applicationId = 0x77656972;

/**
 * The step from version n to n + 1 at index n. Append-only is held by the database itself, whoever
 * writes: `INSERT OR REPLACE` deletes rows without firing DELETE triggers unless the connection
 * says `recursive_triggers`, so the insert is guarded too, which also rules out gaps.
 */
export const migrations: readonly string[] = [
	`CREATE TABLE event (
		seq   INTEGER PRIMARY KEY,
		at    TEXT NOT NULL,
		actor TEXT NOT NULL,
		cause TEXT NOT NULL,
		kind  TEXT NOT NULL,
		data  TEXT NOT NULL
	) STRICT;
	CREATE TRIGGER event_follows BEFORE INSERT ON event
	WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event)
	BEGIN SELECT RAISE(ABORT, 'events are numbered without gaps and never replaced'); END;
	CREATE TRIGGER event_stays BEFORE UPDATE ON event
	BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
	CREATE TRIGGER event_remains BEFORE DELETE ON event
	BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
	CREATE TABLE checkpoint (
		id    INTEGER PRIMARY KEY CHECK (id = 1),
		seq   INTEGER NOT NULL,
		shape TEXT NOT NULL,
		state TEXT NOT NULL
	) STRICT;`,
	// The first event may have any number: those of a journal that was removed are not given again.
	`DROP TRIGGER event_follows;
	CREATE TRIGGER event_follows BEFORE INSERT ON event
	WHEN NEW.seq <> coalesce((SELECT max(seq) + 1 FROM event), max(NEW.seq, 1))
	BEGIN SELECT RAISE(ABORT, 'events are numbered without gaps and never replaced'); END;`,
	// What was recorded before has none (see `signature.ts`).
	`ALTER TABLE event ADD COLUMN signature TEXT;
	ALTER TABLE checkpoint ADD COLUMN signature TEXT;`,
];
