// A gate that the files of a repository suggest; nothing runs before somebody has agreed.
import { visibleText } from '../../lib/plain-text.ts';
import type { GateFormat } from './format.ts';

export interface DetectedGate {
	readonly name: string;
	/** For a shell, as the setting `run` takes it. */
	readonly run: string;
	readonly parse: GateFormat;
	/** By what it was found, as the end of a sentence: `package.json has the script test`. */
	readonly why: string;
}

/** A gate with the name that it takes where another has its own. */
export interface GateCandidate extends DetectedGate {
	/** Null where the other is likely to be the same thing. */
	readonly otherName: string | null;
}

/** The files at the top of a repository: the texts of those that say something, all names. */
export interface TopFiles {
	readonly texts: ReadonlyMap<string, string>;
	readonly names: ReadonlySet<string>;
}

/** As a settings file says it, below `gates:`. */
export function settingOf({ name, run, parse }: DetectedGate): string {
	const format = parse === 'auto' ? '' : `, parse: ${parse}`;
	return `  ${name}: {run: ${JSON.stringify(visibleText(run))}${format}}`;
}
