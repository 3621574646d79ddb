// One screen of help for a verb, and the list of all verbs: both from the table.
import { flagsOf } from './arguments.ts';
import type { Verb } from './verb.ts';

export function helpOf(name: string, verb: Verb): string {
	const rest = verb.rest ? ` -- ${verb.rest}` : '';
	const shown = Object.entries(flagsOf(verb)).filter(([, { noted }]) => !noted);
	const rows = shown.map(([flag, { value, help }]) => [
		`  --${flag}${value ? ` ${value}` : ''}`,
		help,
	]);
	const width = Math.max(...rows.map(([left = '']) => left.length));
	return [
		verb.summary,
		'',
		`  weir ${[name, verb.usage].filter(Boolean).join(' ')}${rest}`,
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
