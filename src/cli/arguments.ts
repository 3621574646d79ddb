// Reads a command line by the row of its verb. Everything that is off is one sentence.
import { resolve } from 'node:path';
import { nearestWord } from '../lib/nearest-word.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { Call, Flag, Verb } from './verb.ts';

/** Flags that every verb has. */
const commonFlags: Readonly<Record<string, Flag>> = {
	repo: {
		type: 'string',
		value: 'DIR',
		help: 'the repository, instead of the present folder',
	},
	help: { type: 'boolean', help: 'show this' },
};

const jsonFlag: Flag = { type: 'boolean', help: 'print JSON' };

/** All flags of a verb, its own first. */
export function flagsOf(verb: Verb): Readonly<Record<string, Flag>> {
	return {
		...verb.flags,
		...(verb.json === null ? {} : { json: jsonFlag }),
		...commonFlags,
	};
}

/** Flags of features that this version does not have: refused, never swallowed. */
const later: Readonly<Record<string, string>> = {
	gate: 'gates',
	role: 'roles',
	workflow: 'missions',
	fresh: "resuming agents' conversations",
	resume: "resuming agents' conversations",
	note: "resuming agents' conversations",
};

export function parseCall(
	name: string,
	verb: Verb,
	words: readonly string[],
	environment: Call['environment'],
): Outcome<Call> {
	const flags = flagsOf(verb);
	const values = new Map<string, string[]>();
	const plain: string[] = [];
	let rest: string[] | null = null;
	const queue = [...words];
	for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
		if (word === '--') {
			rest = queue.splice(0);
		} else if (word.startsWith('-') && word !== '-' && !/^-\d/.test(word)) {
			const [written, given] = splitFlag(word);
			const flag = written === 'h' ? 'help' : written;
			const row = Object.hasOwn(flags, flag) ? flags[flag] : undefined;
			if (!row) return unknownFlag(name, flag, word, Object.keys(flags));
			if (row.type === 'boolean') {
				if (given !== null) return usage(name, `--${flag} takes no value`);
				values.set(flag, []);
			} else {
				const value = given ?? queue.shift();
				if (value === undefined)
					return usage(name, `--${flag} needs ${row.value ?? 'a value'}`);
				values.set(flag, [
					...(row.type === 'strings' ? (values.get(flag) ?? []) : []),
					value,
				]);
			}
		} else plain.push(word);
	}
	if (rest !== null && verb.rest === undefined)
		return usage(name, 'nothing may follow --');
	const [least, most] = verb.arguments;
	if (!values.has('help')) {
		if (plain.length < least)
			return usage(name, `too few arguments: ${name} ${verb.usage}`);
		if (plain.length > most) {
			return usage(name, `${JSON.stringify(plain[most])} is one argument too many`);
		}
	}
	return ok({
		verb: name,
		words: plain,
		rest,
		on: (flag) => values.has(flag),
		text: (flag) => values.get(flag)?.at(-1) ?? null,
		texts: (flag) => values.get(flag) ?? [],
		json: values.has('json'),
		folder: resolve(values.get('repo')?.at(-1) ?? '.'),
		environment,
	});
}

/** A whole number given with a flag. */
export function numberOf(
	call: Call,
	flag: string,
	least: number,
	most: number,
): Outcome<number | null> {
	const text = call.text(flag);
	if (text === null) return ok(null);
	const number = Number(text);
	if (text !== '' && Number.isFinite(number) && number >= least && number <= most)
		return ok(number);
	return usage(
		call.verb,
		`--${flag} takes a number from ${least} to ${most}, not ${JSON.stringify(text)}`,
	);
}

export function usage(verb: string, message: string): Outcome<never> {
	return refuse('usage.invalid', message, `weir help ${verb}`);
}

function splitFlag(word: string): [flag: string, value: string | null] {
	const text = word.replace(/^--?/, '');
	const at = text.indexOf('=');
	return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function unknownFlag(
	verb: string,
	flag: string,
	word: string,
	known: readonly string[],
): Outcome<never> {
	const feature = later[flag];
	if (feature) {
		return refuse(
			'feature.later',
			`--${flag} belongs to ${feature}, which this version of weir does not have`,
			`weir help ${verb}`,
		);
	}
	const near = nearestWord(flag, known);
	return usage(
		verb,
		`there is no flag ${word}${near ? `; did you mean --${near}?` : ''}`,
	);
}
