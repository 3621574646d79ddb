// Reads, checks and writes settings.

import { noSetting } from '../../domain/setting-keys.ts';
import { nearestWord } from '../../lib/nearest-word.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import type { ClientResponses } from '../../protocol/client.ts';
import { usage } from '../arguments.ts';
import { print, printJson, printTable, tell } from '../print.ts';
import { reach } from '../reach.ts';
import { type Call, done, type Ending, exitCodes, type Run } from '../verb.ts';

const deeds: Readonly<Record<string, Run>> = {
	get: getSettings,
	set: async (call) => (await import('../config-set.ts')).setSetting(call),
	schema: printSchema,
	check: checkSettings,
};

export const run: Run = async (call) => {
	const [deed = 'get'] = call.words;
	const act = Object.hasOwn(deeds, deed) ? deeds[deed] : undefined;
	if (act) return act(call);
	const near = nearestWord(deed, Object.keys(deeds));
	return usage(
		'config',
		`config takes ${Object.keys(deeds).join(', ')}, not ${deed}${near ? `; did you mean ${near}?` : ''}`,
	);
};

async function getSettings(call: Call): Promise<Outcome<Ending>> {
	const [, key, more] = call.words;
	if (more !== undefined) return usage('config', 'config get takes one key');
	const read = await readSettings(call);
	if (!read.ok) return read;
	const { values, origins, problems } = read.value;
	const chosen = key === undefined ? Object.keys(values) : keysBelow(key, values);
	if (chosen.length === 0) {
		return refuse('usage.setting', noSetting(key ?? ''), 'weir config get');
	}
	const told = call.on('origin') || call.words.length === 0;
	const originOf = (name: string) => origins[name] ?? null;
	if (call.json) {
		const pick = (of: (name: string) => unknown) =>
			Object.fromEntries(chosen.map((name) => [name, of(name)]));
		const about = { values: pick((name) => values[name]), origins: pick(originOf) };
		printJson({ v: 1, ...about, problems });
		return endOf(problems);
	}
	for (const one of problems)
		tell(`weir: ${lineOf(one)}, so nothing in that file counts`);
	const from = (name: string) => (told ? [originOf(name) ?? 'as built'] : []);
	if (key !== undefined && chosen.length === 1 && chosen[0] === key)
		printTable([[textOf(values[key]), ...from(key)]]);
	else printTable(chosen.map((name) => [name, textOf(values[name]), ...from(name)]));
	return endOf(problems);
}

type Problems = ClientResponses['settings.reload']['problems'];

function lineOf({ file, line, column, message }: Problems[number]): string {
	return `${file}:${line}:${column}: ${message}`;
}

function endOf(problems: Problems): Outcome<Ending> {
	return ok({ code: problems.length === 0 ? exitCodes.ok : exitCodes.failed });
}

async function readSettings(
	call: Call,
): Promise<Outcome<ClientResponses['settings.get'] & { readonly problems: Problems }>> {
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	// Files that were saved a moment ago count.
	const fresh = await connection.request('settings.reload', {});
	if (!fresh.ok) return fresh;
	const read = await connection.request('settings.get', {});
	return read.ok ? ok({ ...read.value, ...fresh.value }) : read;
}

/** The key itself, or all that lie below it. */
function keysBelow(key: string, values: Readonly<Record<string, unknown>>): string[] {
	if (Object.hasOwn(values, key)) return [key];
	return Object.keys(values).filter((name) => name.startsWith(`${key}.`));
}

function textOf(value: unknown): string {
	if (value === null || value === undefined) return '-';
	return typeof value === 'string' ? value : JSON.stringify(value);
}

async function printSchema(): Promise<Outcome<Ending>> {
	// zod is loaded by this deed alone.
	const { settingsSchema } = await import('../../domain/settings-schema.ts');
	const { cliNames } = await import('../../agents/registry.ts');
	print(JSON.stringify(settingsSchema(cliNames), null, 2));
	return done;
}

async function checkSettings(call: Call): Promise<Outcome<Ending>> {
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const reloaded = await connection.request('settings.reload', {});
	if (!reloaded.ok) return reloaded;
	const { problems } = reloaded.value;
	if (call.json) printJson({ v: 1, problems });
	else if (problems.length === 0) print('the settings are good');
	else for (const problem of problems) print(lineOf(problem));
	return endOf(problems);
}
