// What gates say of the files as they will stand on the base: only green lands, or what is red for no reason
// of the agent's where that is allowed. Which gates there are the base says, and no agent.
import type { Agent } from '../domain/agent.ts';
import { compareFailures } from '../domain/gates/failure.ts';
import { tellAll } from '../domain/gates/findings.ts';
import { type Gate, runsAt } from '../domain/gates/gate.ts';
import { cancelled } from '../domain/gates/gate-standing.ts';
import type { EffectId } from '../domain/ids.ts';
import { dependencyFiles } from '../gates/dependency-links.ts';
import type { GateResult } from '../gates/gate-store.ts';
import { changedPaths } from '../git/changes.ts';
import { readFileAt } from '../git/file-at.ts';
import { treeOf } from '../git/merge-tree.ts';
import { counted } from '../lib/counted.ts';
import { type Outcome, ok, type Refusal, refuse } from '../lib/outcome.ts';
import { plainText } from '../lib/plain-text.ts';
import type { World } from './world.ts';

export interface ToGate {
	readonly effect: EffectId;
	readonly agent: Agent;
	readonly branch: string;
	/** The commit of the base, and the files as they will stand. */
	readonly onto: string;
	readonly tree: string;
	/** Why it is to land whatever gates say. */
	readonly override: string | null;
}

type Trailer = readonly [key: string, value: string];

/** Trailers that say which gates were green. Refuses with `gate.red`, `gate.broken`, `trust.needed`. */
export async function gateLanding(
	world: World,
	landing: ToGate,
): Promise<Outcome<readonly Trailer[]>> {
	const { agent, override } = landing;
	const defined = await gatesOfBase(world, landing.onto);
	if (!defined.ok) return override === null ? defined : ok([overridden(override)]);
	if (defined.value.length === 0) return ok([]);
	if (override !== null) return ok([overridden(override)]);
	const installedIn = await placesOf(world, landing);
	const done: string[] = [];
	const tell = () => {
		const label = 'gates of the landing';
		const { length: total } = defined.value;
		world.observatory.progress(agent.id, { label, done: done.length, total });
	};
	tell();
	try {
		const said = await Promise.all(
			defined.value.map(async ([name, gate]) => {
				const no = await whyNotBy(world, landing, { name, gate, installedIn });
				done.push(name);
				tell();
				return no;
			}),
		);
		const no = said.find((refusal) => refusal !== null);
		if (no) return { ok: false, refusal: no };
	} finally {
		world.observatory.progress(agent.id, null);
	}
	const names = defined.value.map(([name]) => name);
	return ok([['Weir-Gates', names.join(' ')]]);
}

const overridden = (why: string): Trailer => ['Weir-Override', why];

/** The file of the base's commit counts, not what lies in a checkout. */
async function gatesOfBase(
	world: World,
	onto: string,
): Promise<Outcome<readonly [string, Gate][]>> {
	const text = await readFileAt(world.repository, onto, '.weir/config.yaml');
	const { settings, trusted, problems } = await world.settingsWith(text);
	const [problem] = problems;
	if (problem)
		return refuse(
			'settings.broken',
			`which gates there are cannot be read: ${problem.file}:${problem.line}: ${problem.message}`,
			'weir config check',
		);
	const gates = Object.entries(settings.gates).filter(([, gate]) =>
		runsAt(gate, 'landing'),
	);
	if (gates.length === 0 || trusted) return ok(gates);
	return refuse(
		'trust.needed',
		'the base names gates in .weir/config.yaml, and is not trusted: nothing lands untested',
		'weir trust',
	);
}

/** Who changes what is to be installed has it installed; else it is what the user has. */
async function placesOf(
	{ repository }: World,
	{ agent, onto, tree }: ToGate,
): Promise<readonly string[]> {
	const changed = await changedPaths(repository, onto, tree);
	const own = changed.some(({ path }) =>
		dependencyFiles.has(path.split('/').at(-1) ?? ''),
	);
	const places = repository.root === null ? [] : [repository.root];
	return own ? [agent.path, ...places] : [...places, agent.path];
}

interface Of {
	readonly name: string;
	readonly gate: Gate;
	readonly installedIn: readonly string[];
}

/** Null where it is green, or red for no reason of the agent's where that may land. */
async function whyNotBy(world: World, landing: ToGate, of: Of): Promise<Refusal | null> {
	const { agent, branch, onto, tree } = landing;
	const said = await runOn(world, landing, of, tree);
	if (!said.ok) return said.refusal;
	const { verdict } = said.value;
	if (verdict.word === 'passed') return null;
	const allow = `mend it, or weir merge ${agent.name} --override WHY`;
	if (verdict.word === 'broken')
		return {
			code: 'gate.broken',
			message: `${of.name} says nothing of ${branch} with ${agent.name}: ${verdict.why}`,
			allow,
		};
	if (world.state().settings.land.require === 'no-new-failures') {
		const before = await runOn(world, landing, of, await treeOf(world.repository, onto));
		if (before.ok && hasNothingNew(said.value, before.value)) return null;
	}
	const { first, failures } = verdict;
	const count = failures === null ? '' : `, ${counted(failures, 'failure')}`;
	const about = first === null ? '' : `: ${plainText(first, 200)}`;
	return {
		code: 'gate.red',
		message: `${of.name} is red on ${branch} with ${agent.name}${count}${about}`,
		allow,
	};
}

async function runOn(
	world: World,
	{ effect, agent, onto }: ToGate,
	{ name, gate, installedIn }: Of,
	tree: string,
): Promise<Outcome<GateResult>> {
	using run = world.gates.begin(`${effect} ${name}`, {
		...{ agent: agent.id, gate: name, tree, landing: true },
	});
	const said = await world.gates.room.run({
		...{ name, gate, tree, installedIn, parent: onto },
		...{ sameAs: null, urgency: landingUrgency, anew: false },
		signal: run.signal,
		onBegin: run.onBegin,
	});
	if (said.ok || said.refusal.code !== cancelled) return said;
	return refuse(cancelled, `the landing of ${agent.name} was broken off`, 'weir merge');
}

const landingUrgency = 25;

function hasNothingNew(now: GateResult, base: GateResult): boolean {
	if (base.verdict.word !== 'failed') return false;
	if (!tellAll(now.findings) || !tellAll(base.findings)) return false;
	const { fresh } = compareFailures(now.findings.failures, base.findings.failures);
	return fresh.length === 0;
}
