// Whether a command of a script ends by itself and leaves the files as they are, and how it can be
// made to.

/** How a script is to be run: as it is, with arguments behind it, or as another command. */
export type Ending = {
	/** Assignments for the script, each with a blank behind it. */
	readonly environment: string;
} & (
	| { readonly arguments: string }
	| { readonly command: string /** What was taken out. */; readonly without: string }
);

/** No script that is one command is longer. */
const lengthLimit = 2000;

const control = /[\u0000-\u001f\u007f]/;
/** Flags that make a program wait for changes, or write what it should only look at. */
const unwanted =
	/(?<=\s)(?:--watch(?:All|-files|-all)?(?:=true)?|--fix(?:=true)?|--write|--ui|--open)(?=\s|$)/g;
const shortWatch = /(?<=\s)-w(?=\s|$)/g;
const watching = /\b(?:mocha|tsc|vue-tsc|ava|rollup|webpack)\b/;
const several = /[;&|`<>\n]|\$\(/;

/** Null where it cannot be told how the command would end. */
export function endingCommand(text: string): Ending | null {
	const script = text.trim();
	if (script.length > lengthLimit) return null;
	if (control.test(script) || /^(?:\S+ )*(?:nodemon|chokidar)\b/.test(script))
		return null;
	const flags = flagsOf(script);
	if (flags.length > 0) {
		if (several.test(script)) return null;
		const command = withoutFlags(script);
		return { environment: '', command, without: flags.join(', ') };
	}
	return asItIs(script);
}

function flagsOf(script: string): readonly string[] {
	const short = watching.test(script) ? (script.match(shortWatch) ?? []) : [];
	return [
		...(script.match(unwanted) ?? []),
		...short,
		...(subcommand.exec(script) ?? []),
	];
}

/** Vitest and others watch by a subcommand as well. */
const subcommand = /(?<=\b(?:vitest|wtr) )(?:watch|dev)\b/;

function withoutFlags(script: string): string {
	const checked = script.replace(/(?<=\bprettier\b.*\s)--write\b/, '--check');
	const plain = checked.replace(unwanted, '').replace(subcommand, 'run');
	const shorter = watching.test(plain) ? plain.replace(shortWatch, '') : plain;
	return shorter.replace(/ {2,}/g, ' ').trim();
}

/** Programs that watch where nobody says otherwise, and what says so. */
function asItIs(script: string): Ending {
	const last = script.split(/&&|;|\|/).at(-1) ?? '';
	const once = (more: string) => ({ environment: '', arguments: more });
	if (
		/\bvitest\b/.test(script) &&
		!/\bvitest (?:run|list|bench|related|typecheck)\b|--run\b/.test(script)
	)
		return /\bvitest\b/.test(last)
			? once('--run')
			: { environment: 'CI=true ', arguments: '' };
	if (/\breact-scripts test\b/.test(script) && !/--watchAll=false|\bCI=/.test(script))
		return { environment: 'CI=true ', arguments: '' };
	if (/\bng test\b/.test(last) && !/--watch=false|--no-watch/.test(last))
		return once('--watch=false');
	if (/\bkarma start\b/.test(last) && !/--single-run/.test(last))
		return once('--single-run');
	return once('');
}
