// What an agent may write: shown, widened by the human, asked for by the agent.
import { sayAsAgent } from '../../client/agent-line.ts';
import { untilAnswered } from '../../client/until-answered.ts';
import { type Outcome, ok } from '../../lib/outcome.ts';
import type { ScopeJson } from '../../protocol/scope.ts';
import { pathLines, scopeLines } from '../../protocol/scope-lines.ts';
import { numberOf, usage } from '../arguments.ts';
import { isOfAgent } from '../asking.ts';
import { print, printJson, printLine, shortAge, tell } from '../print.ts';
import { reach } from '../reach.ts';
import { type Call, codeOf, done, type Ending, exitCodes, type Run } from '../verb.ts';

export const run: Run = (call) => {
	const [deed = '', ...rest] = call.words;
	const known = Object.hasOwn(deeds, deed) ? deeds[deed] : undefined;
	// A name alone asks about it: no agent is called like one of the deeds.
	return known ? known(call, rest) : show(call, call.words);
};

type Deed = (call: Call, words: readonly string[]) => Promise<Outcome<Ending>>;

const deeds: Readonly<Record<string, Deed>> = { show, add, request };

/** An agent may ask where it stands itself. */
async function show(call: Call, words: readonly string[]): Promise<Outcome<Ending>> {
	const own = isOfAgent(call);
	const named = !own || words[0] === call.environment.WEIR_AGENT;
	const paths = named ? words.slice(1) : [...words];
	if (words.length === 0 && !own) return usage('scope', 'name an agent');
	if (paths.includes('')) return usage('scope', 'a path is empty');
	const told = own
		? await sayAsAgent(call.environment, 'scope.show', { paths })
		: await askAbout(call, words[0] ?? '', paths);
	if (!told.ok) return told;
	if (call.json) printJson({ v: 1, ...told.value });
	else {
		const lines =
			paths.length > 0 ? pathLines(told.value) : scopeLines(told.value, shortAge);
		for (const line of lines) printLine(line);
	}
	return done;
}

async function askAbout(
	call: Call,
	agent: string,
	paths: string[],
): Promise<Outcome<ScopeJson>> {
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	return await connection.request('scope', { agent, paths });
}

async function add(call: Call, words: readonly string[]): Promise<Outcome<Ending>> {
	const [agent, ...patterns] = words;
	const why = call.text('why');
	if (agent === undefined || patterns.length === 0)
		return usage('scope', 'name an agent and what it may write');
	if (patterns.includes('')) return usage('scope', 'a pattern is empty');
	if (why === null)
		return usage('scope', 'say why with --why TEXT: the journal keeps it');
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const body = { agent, patterns, why };
	const added = await connection.request('scope.add', body, { timeoutMs: null });
	if (!added.ok) return added;
	const { agent: json, note } = added.value;
	if (call.json) printJson({ v: 1, agents: [json], note: note?.text ?? null });
	else printLine(`${agent} may write ${json.scope.join(', ')}`);
	if (note && !call.json) tell(`weir: ${note.text}\n  ${note.allow}`);
	return done;
}

async function request(
	call: Call,
	patterns: readonly string[],
): Promise<Outcome<Ending>> {
	const why = call.text('why');
	if (patterns.length === 0) return usage('scope', 'say what you need to write');
	if (why === null) return usage('scope', 'say why with --why TEXT: a person decides');
	const timeout = numberOf(call, 'timeout', 0, 1_000_000);
	if (!timeout.ok) return timeout;
	const asked = await untilAnswered(timeout.value, (timeoutMs) =>
		sayAsAgent(call.environment, 'scope.request', {
			patterns: [...patterns],
			why,
			timeoutMs,
		}),
	);
	if (!asked.ok) return asked;
	const { question, answer, granted, note } = asked.value;
	if (call.json) printJson({ v: 1, question, granted, answer, note });
	if (granted) {
		if (!call.json) print(note === null ? 'granted' : `granted; ${note}`);
		return done;
	}
	if (answer === null) {
		if (!call.json) tell('weir: nobody answered; stay within your scope');
		return ok({ code: exitCodes.timeout });
	}
	const said = answer.text === null ? '' : `: ${answer.text}`;
	if (!call.json) tell(`weir: no${said}`);
	return ok({ code: codeOf({ code: 'scope.denied', message: 'no' }) });
}
