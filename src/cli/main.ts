// From the command line to a verb, and from its ending to an exit code.

import { parseCall } from './arguments.ts';
import { helpOf } from './help.ts';
import { meantVerb } from './meant-verb.ts';
import { endWhereNothingCanBePrinted, print, printRefusal } from './print.ts';
import { codeOf, type Ending, exitCodes } from './verb.ts';
import { laterVerbs, verbs } from './verbs.ts';

/** Words for those who type a flag where others have a verb. */
const aliases: Readonly<Record<string, string>> = {
	'--help': 'help',
	'-h': 'help',
	'--version': 'version',
	'-v': 'version',
	'-V': 'version',
};

/** Runs one command line; never throws for what a user did. */
export async function main(words: readonly string[]): Promise<Ending> {
	endWhereNothingCanBePrinted();
	const [first, ...others] = verbFirst(words);
	const bare = first === undefined || first.startsWith('-');
	const alias = isAlias(first) ? aliases[first] : null;
	const name = alias ?? (bare ? 'attach' : first);
	const rest = bare && alias === null ? words : others;
	const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
	const json = wantsJson(rest);
	if (!verb) return unknownVerb(name, json);
	const call = parseCall(name, verb, rest, process.env);
	if (!call.ok) {
		printRefusal(call.refusal, { json });
		return { code: codeOf(call.refusal) };
	}
	if (call.value.on('help')) {
		print(helpOf(name, verb));
		return { code: exitCodes.ok };
	}
	try {
		const { run } = await verb.load();
		const ended = await run(call.value);
		if (ended.ok) return ended.value;
		printRefusal(ended.refusal, call.value);
		return { code: codeOf(ended.refusal) };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		printRefusal({ code: 'internal', message: `${name} failed: ${message}` }, call.value);
		if (process.env.WEIR_DEBUG) console.error(error);
		return { code: exitCodes.failed };
	}
}

function isAlias(word: string | undefined): word is string {
	return word !== undefined && Object.hasOwn(aliases, word);
}

/**
 * `weir --repo DIR list` as `weir list --repo DIR`: git and docker have taught it so. What the verb does
 * not take is refused as anywhere else.
 */
function verbFirst(words: readonly string[]): readonly string[] {
	let at = 0;
	while (words[at]?.startsWith('-') && words[at] !== '--')
		at += words[at] === '--repo' ? 2 : 1;
	const verb = words[at];
	if (verb === undefined || verb === '--' || isAlias(words[0])) return words;
	return [verb, ...words.slice(0, at), ...words.slice(at + 1)];
}

/** Of a line that may not be one: what follows `--` is somebody else's. */
function wantsJson(words: readonly string[]): boolean {
	const end = words.indexOf('--');
	return words.slice(0, end < 0 ? undefined : end).includes('--json');
}

function unknownVerb(name: string, json: boolean): Ending {
	const feature = Object.hasOwn(laterVerbs, name) ? laterVerbs[name] : undefined;
	if (feature) {
		printRefusal(
			{
				code: 'feature.later',
				message: `weir ${name} belongs to ${feature}, which this version does not have`,
				allow: 'weir help',
			},
			{ json },
		);
		return { code: exitCodes.refused };
	}
	const near = meantVerb(name);
	printRefusal(
		{
			code: 'usage.invalid',
			message: `there is no verb ${name}${near ? `; did you mean ${near}?` : ''}`,
			allow: 'weir help',
		},
		{ json },
	);
	return { code: exitCodes.usage };
}
