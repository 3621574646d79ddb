// What CLIs that weir has no ways for keep below the user's home: logins, conversations, settings. Without
// it they do not start in a sandbox, or forget.
import { basename, join } from 'node:path';

const keepings: Readonly<Record<string, readonly string[]>> = {
	'cursor-agent': ['.cursor', '.config/cursor'],
	cline: ['.cline'],
	amp: ['.config/amp', '.local/share/amp'],
	crush: ['.local/share/crush', '.config/crush'],
	goose: ['.config/goose', '.local/share/goose', '.local/state/goose'],
	droid: ['.factory'],
	kiro: ['.kiro'],
};

/** By the name of the program that is started. */
export function keptBy(argv: readonly string[], home: string): readonly string[] {
	const name = basename(argv[0] ?? '');
	const kept = Object.hasOwn(keepings, name) ? keepings[name] : undefined;
	return (kept ?? []).map((path) => join(home, path));
}
