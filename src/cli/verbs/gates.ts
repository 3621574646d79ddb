// How gates stand, a run of them, and what one said.
import type { Connection } from '../../client/connection.ts';
import { settingOf } from '../../domain/gates/detected-gate.ts';
import { counted } from '../../lib/counted.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import { visibleText } from '../../lib/plain-text.ts';
import type { ClientResponses } from '../../protocol/client.ts';
import type { BaseGatesJson, GateJson, GateReportJson } from '../../protocol/gates.ts';
import { usage } from '../arguments.ts';
import { print, printJson, printLine, printTable, shortAge, tell } from '../print.ts';
import { reach } from '../reach.ts';
import { type Call, done, type Ending, exitCodes, type Run } from '../verb.ts';

export const run: Run = (call) => {
	const [deed = '', ...rest] = call.words;
	const known = Object.hasOwn(deeds, deed) ? deeds[deed] : undefined;
	// A name alone asks about it: no agent is called like one of the deeds.
	return known ? known(call, rest) : list(call, call.words);
};

type Deed = (call: Call, words: readonly string[]) => Promise<Outcome<Ending>>;

const deeds: Readonly<Record<string, Deed>> = { run: runThem, show, tell: tellBack };

async function list(call: Call, words: readonly string[]): Promise<Outcome<Ending>> {
	if (words.length > 1) return usage('gates', 'name one agent, or none');
	const on = call.text('on');
	if (on !== null && words.length > 0)
		return usage('gates', '--on asks about a branch and not about an agent');
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const asked = await connection.request('gates', { agent: words[0] ?? null });
	if (!asked.ok) return asked;
	const { gates, suggested, trusted, slots, agents, bases = [] } = asked.value;
	if (on !== null) return listBase(call, on, bases);
	if (call.json) {
		printJson({ v: 1, gates, suggested, trusted, slots, agents, bases });
		return done;
	}
	if (gates.length === 0) suggest(suggested);
	else if (!trusted) print('the settings name gates, and are not trusted: weir trust');
	if (words.length === 0 && gates.length > 0)
		printTable([
			['GATE', 'WHEN', 'COMMAND'],
			...gates.map(({ name, when, run: command }) => [name, when, visibleText(command)]),
		]);
	if (agents.length > 0 && gates.length > 0) {
		if (words.length === 0) print('');
		printTable([
			['AGENT', 'GATE', 'VERDICT', 'NEW', 'KNOWN', 'TOOK', 'SAID', 'FIRST'],
			...agents.flatMap((agent) => agent.gates.map((gate) => row(agent.agent, gate))),
		]);
	}
	if (bases.some((base) => base.gates.length > 0)) {
		print('');
		printBases(bases);
	}
	return done;
}

/** As a settings file would say it; nothing runs before somebody has put it there and trusts it. */
function suggest(suggested: ClientResponses['gates']['suggested']): void {
	print('no gate is set up; docs/gates.md says how');
	if (suggested.length === 0) return;
	print('\nThe files of this repository suggest, for .weir/config.yaml:\n');
	printLine('gates:');
	for (const gate of suggested)
		printLine(`${settingOf(gate)}  # ${visibleText(gate.why)}`);
	print('\nthen: weir trust');
}

function row(who: string, gate: GateJson): string[] {
	const { verdict, last, flaky, took, at, first, why } = gate;
	const stale = verdict === 'stale' && last !== null ? `stale (${last})` : verdict;
	return [
		who,
		gate.name,
		flaky ? `${stale}, flaky` : stale,
		numberText(gate.new),
		numberText(gate.known),
		took === null ? '-' : secondsText(took),
		at === null ? '-' : shortAge(at),
		visibleText(verdict === 'passed' ? '' : (why ?? first ?? '')),
	];
}

function numberText(count: number | null): string {
	return count === null ? '-' : String(count);
}

function secondsText(milliseconds: number): string {
	return milliseconds < 9950
		? `${(milliseconds / 1000).toFixed(1)}s`
		: `${Math.round(milliseconds / 1000)}s`;
}

async function runThem(call: Call, words: readonly string[]): Promise<Outcome<Ending>> {
	const on = call.text('on');
	if (on !== null) return runOn(call, on, words);
	const [agent, ...names] = words;
	if (agent === undefined) return usage('gates', 'name an agent');
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const wait = !call.on('no-wait');
	const gates = names.length > 0 ? names : null;
	const asked = await connection.request(
		'gate.run',
		{ agent, gates, wait, anew: call.on('again') },
		{ timeoutMs: null },
	);
	if (!asked.ok) return asked;
	if (call.json) printJson({ v: 1, ...asked.value });
	else
		printTable([
			['AGENT', 'GATE', 'VERDICT', 'NEW', 'KNOWN', 'TOOK', 'SAID', 'FIRST'],
			...asked.value.gates.map((gate) => row(asked.value.agent, gate)),
		]);
	const green = asked.value.gates.every(({ verdict }) => verdict === 'passed');
	return ok({ code: green || !wait ? exitCodes.ok : exitCodes.failed });
}

/** All of them, on what stands there now. */
async function runOn(
	call: Call,
	branch: string,
	words: readonly string[],
): Promise<Outcome<Ending>> {
	if (words.length > 0) return usage('gates', 'all gates run on a branch: name none');
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const wait = !call.on('no-wait');
	const asked = await connection.request(
		'base.run',
		{ branch, wait },
		{ timeoutMs: null },
	);
	if (!asked.ok) return asked;
	if (call.json) printJson({ v: 1, ...asked.value });
	else printBases([asked.value]);
	const green = asked.value.gates.every(({ verdict }) => verdict === 'passed');
	return ok({ code: green || !wait ? exitCodes.ok : exitCodes.failed });
}

function listBase(
	call: Call,
	branch: string,
	bases: readonly BaseGatesJson[],
): Outcome<Ending> {
	const base = bases.find((one) => one.branch === branch);
	if (!base)
		return refuse(
			'base.unknown',
			`nothing has moved ${branch} since weir looks after this repository`,
			`weir gates run --on ${branch}`,
		);
	if (call.json) printJson({ v: 1, ...base });
	else printBases([base]);
	return done;
}

/** An alarm is marked, also one that is acknowledged. */
function printBases(bases: readonly BaseGatesJson[]): void {
	printTable([
		['BRANCH', 'GATE', 'VERDICT', 'ALARM', 'TOOK', 'SAID', 'FIRST'],
		...bases.flatMap(({ branch, gates }) =>
			gates.map((gate) => {
				const [, name = '', verdict = '', , , ...rest] = row(branch, gate);
				return [branch, name, verdict, gate.alarm ?? '-', ...rest];
			}),
		),
	]);
	for (const { branch, fault } of bases)
		if (fault !== null) printLine(`gates say nothing of ${branch}: ${fault}`);
}

async function show(call: Call, words: readonly string[]): Promise<Outcome<Ending>> {
	const on = call.text('on');
	if (on !== null) return showOn(call, on, words);
	return askAbout(call, words, async (connection, about) => {
		const landing = call.on('landing');
		const asked = await connection.request('gate.report', { ...about, landing });
		if (!asked.ok) return asked;
		if (call.json) printJson({ v: 1, ...asked.value });
		else showReport(asked.value);
		return done;
	});
}

async function showOn(
	call: Call,
	branch: string,
	[gate, ...more]: readonly string[],
): Promise<Outcome<Ending>> {
	if (gate === undefined || more.length > 0) return usage('gates', 'name one gate');
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const asked = await connection.request('base.report', { branch, gate });
	if (!asked.ok) return asked;
	if (call.json) printJson({ v: 1, ...asked.value });
	else showReport(asked.value);
	return done;
}

async function tellBack(call: Call, words: readonly string[]): Promise<Outcome<Ending>> {
	return askAbout(call, words, async (connection, about) => {
		const told = await connection.request('gate.tell', about);
		if (!told.ok) return told;
		const { agent, gate } = about;
		if (call.json) printJson({ v: 1, agent, gate, ...told.value });
		else print(`${agent} is told, once it is idle, what ${gate} found`);
		return done;
	});
}

/** Of one gate of one agent, which both have to be named. */
async function askAbout(
	call: Call,
	[agent, gate, ...more]: readonly string[],
	ask: (
		connection: Connection,
		about: { readonly agent: string; readonly gate: string },
	) => Promise<Outcome<Ending>>,
): Promise<Outcome<Ending>> {
	if (agent === undefined || gate === undefined || more.length > 0)
		return usage('gates', 'name an agent and a gate');
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	return await ask(connection, { agent, gate });
}

function showReport(report: GateReportJson): void {
	const { agent, gate, command, failures, dropped, output } = report;
	const why = gate.why === null ? '' : `: ${gate.why}`;
	const flaky = gate.flaky ? ', flaky' : '';
	print(`${gate.name} of ${agent}: ${gate.verdict}${flaky}${visibleText(why)}`);
	print(`$ ${visibleText(command)}`);
	if (gate.new !== null && gate.verdict !== 'passed')
		print(`${gate.new} new, ${gate.known ?? 0} also on the base`);
	for (const { file, line, column, name, message, known } of failures) {
		const place = file === null ? '' : `${file}:${line ?? 1}:${column ?? 1}: `;
		const mark = known === true ? '  (also on the base)' : '';
		const named = name === null ? '' : `${name}: `;
		printLine(visibleText(`${place}${named}${message}${mark}`));
	}
	if (dropped > 0) print(`and ${counted(dropped, 'failure')} more`);
	if (output === '') return;
	const { truncated, leftOut } = report;
	const lost = leftOut > 0 ? `; ${counted(leftOut, 'character')} were not kept` : '';
	if (truncated) tell(`weir: only the end of what it printed${lost}`);
	print('');
	for (const line of output.split('\n')) printLine(visibleText(line));
}
