// One screen of help for a verb, and the list of all verbs: both from the table.
import { flagsOf } from './arguments.ts';
import type { Verb } from './verb.ts';

/** How it is called; what is in brackets may be left out. */
export function usageOf(name: string, { usage, rest }: Verb): string {
	return ['weir', name, usage, rest && `[-- ${rest}]`].filter(Boolean).join(' ');
}

export function helpOf(name: string, verb: Verb): string {
	const shown = Object.entries(flagsOf(verb)).filter(([, { noted }]) => !noted);
	const rows = shown.map(([flag, { value, help }]) => [
		`  --${flag}${value ? ` ${value}` : ''}`,
		help,
	]);
	const width = Math.max(...rows.map(([left = '']) => left.length));
	return [
		verb.summary,
		'',
		`  ${usageOf(name, verb)}`,
		'',
		...rows.map(([left = '', right]) => `${left.padEnd(width)}  ${right}`),
		'',
		...(verb.notes ? [...verb.notes, ''] : []),
		'Examples',
		...verb.examples.map((example) => `  ${example}`),
	].join('\n');
}

export function helpOfAll(verbs: Readonly<Record<string, Verb>>): string {
	const width = Math.max(...Object.keys(verbs).map((name) => name.length));
	return [
		'weir: many coding agents side by side, each in its own pane and worktree',
		'',
		'  weir [VERB] [ARGUMENTS]      without a verb: open the panes',
		'',
		...Object.entries(verbs).map(
			([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`,
		),
		'',
		'weir help VERB tells more. Exit codes: 0 ok, 1 failed, 2 usage, 3 refused,',
		'4 no supervisor, 124 timeout.',
	].join('\n');
}
