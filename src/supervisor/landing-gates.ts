// What gates say of the files as they will stand on the base: only green lands, or what is red for no reason
// of the agent's where that is allowed. Which gates there are the base says, and no agent.
import type { Agent } from '../domain/agent.ts';
import { compareFailures } from '../domain/gates/failure.ts';
import { tellAll } from '../domain/gates/findings.ts';
import { type Gate, runsAt } from '../domain/gates/gate.ts';
import { cancelled } from '../domain/gates/gate-standing.ts';
import type { Verdict } from '../domain/gates/verdict.ts';
import type { EffectId } from '../domain/ids.ts';
import type { GateResult } from '../gates/gate-store.ts';
import { readFileAt } from '../git/file-at.ts';
import { treeOf } from '../git/merge-tree.ts';
import { counted } from '../lib/counted.ts';
import { type Outcome, ok, type Refusal, refuse } from '../lib/outcome.ts';
import { plainText } from '../lib/plain-text.ts';
import type { Observation } from '../protocol/observation.ts';
import { acceptWords } from './accepted-files.ts';
import { urgencies } from './gate-effects.ts';
import {
	type Between,
	type GateFiles,
	gateFilesBetween,
	gateFilesNamed,
} from './gate-files.ts';
import type { World } from './world.ts';

/** What a landing has to pass. */
export interface LandingGates {
	readonly gates: readonly (readonly [string, Gate])[];
	/** Why it lands whatever they say; null where they decide. */
	readonly override: string | null;
}

/** Files as they will stand on the base, with one landing or several. */
export interface ToGate {
	/** Whose effect it is. */
	readonly id: EffectId;
	readonly branch: string;
	/** The commit of the base. */
	readonly onto: string;
	readonly tree: string;
	readonly agents: readonly Agent[];
	/** Of one that changes what gates judge by, which is tried alone. */
	readonly files: GateFiles | null;
	/** Gates of it that may be red by the base's files, as `gate:NAME`. */
	readonly accept: readonly string[];
}

type Trailer = readonly [key: string, value: string];

/** Refuses with `settings.broken`, `trust.needed`. */
export async function gatesOfLanding(
	world: World,
	onto: string,
	override: string | null,
): Promise<Outcome<LandingGates>> {
	const gates = await gatesAt(world, onto);
	if (gates.ok)
		return ok({
			gates: gates.value,
			override: gates.value.length === 0 ? null : override,
		});
	return override === null ? gates : ok({ gates: [], override });
}

/** They say which gates were green. */
export function gateTrailers({ gates, override }: LandingGates): readonly Trailer[] {
	if (override !== null) return [['Weir-Override', override]];
	const names = gates.map(([name]) => name);
	return names.length === 0 ? [] : [['Weir-Gates', names.join(' ')]];
}

/** Of a landing without gates, or of which they cannot be read, nothing. */
export async function gateFilesOf(
	world: World,
	between: Between,
	uncommitted: readonly string[],
): Promise<{
	readonly branch: readonly string[];
	readonly uncommitted: readonly string[];
}> {
	const { onto } = between;
	const defined = await gatesAt(world, onto);
	if (!defined.ok || defined.value.length === 0) return { branch: [], uncommitted: [] };
	const gates = defined.value.map(([, gate]) => gate);
	const { repository } = world;
	const { paths } = await gateFilesBetween(repository, between, gates);
	const more = await gateFilesNamed(repository, onto, uncommitted, gates);
	return { branch: paths, uncommitted: more };
}

/** Null where all of them are. Refuses with `gate.red`, `gate.broken`, `gate.cancelled`. */
export async function whyNotGreen(
	world: World,
	landing: ToGate,
	{ gates, override }: LandingGates,
): Promise<Refusal | null> {
	if (override !== null || gates.length === 0) return null;
	const installedIn = placesOf(world, landing);
	const done: string[] = [];
	const tell = (progress: Observation['progress']) => {
		for (const agent of landing.agents) world.observatory.progress(agent.id, progress);
	};
	const label = 'gates of the landing';
	const { length: total } = gates;
	tell({ label, done: 0, total });
	try {
		const said = await Promise.all(
			gates.map(async ([name, gate]) => {
				const no = await whyNotByBoth(world, landing, { name, gate, installedIn });
				done.push(name);
				tell({ label, done: done.length, total });
				return no;
			}),
		);
		return said.find((refusal) => refusal !== null) ?? null;
	} finally {
		tell(null);
	}
}

/** Where the base says which gates there are. */
const gatesFile = '.weir/config.yaml';

/**
 * The gates that a landing on a commit has to pass: its own file counts, not what lies in a checkout.
 * Refuses with `settings.broken`, `trust.needed`.
 */
export async function gatesAt(
	world: World,
	onto: string,
): Promise<Outcome<readonly [string, Gate][]>> {
	const text = await readFileAt(world.repository, onto, gatesFile);
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
function placesOf({ repository }: World, { agents, files }: ToGate): readonly string[] {
	const places = repository.root === null ? [] : [repository.root];
	const own = agents.map(({ path }) => path);
	return files?.installs ? [...own, ...places] : [...places, ...own];
}

interface Of {
	readonly name: string;
	readonly gate: Gate;
	readonly installedIn: readonly string[];
}

/** By its own files and by those of the base: what is green by its own alone has to be accepted. */
async function whyNotByBoth(
	world: World,
	landing: ToGate,
	of: Of,
): Promise<Refusal | null> {
	const { files, branch } = landing;
	if (files === null) return whyNotBy(world, landing, of);
	const { tree, paths } = files;
	const accepted = landing.accept.includes(`gate:${of.name}`);
	const [own, base] = await Promise.all([
		whyNotBy(world, landing, of),
		tree === landing.tree || accepted ? null : whyNotBy(world, { ...landing, tree }, of),
	]);
	if (own !== null || base === null || base.code === cancelled) return own ?? base;
	const { whose } = wordsOf(landing);
	return {
		code: base.code,
		message: `${base.message}; that is by what ${branch} judges by, and by what ${whose} has made of it ${of.name} is green`,
		allow: `look at weir diff ${whose}, then weir merge ${whose} ${acceptWords(paths)} --accept gate:${of.name}`,
	};
}

/** Null where it is green, or red for no reason of the agent's where that may land. */
async function whyNotBy(world: World, landing: ToGate, of: Of): Promise<Refusal | null> {
	const { branch, onto, tree } = landing;
	const said = await runOn(world, landing, of, tree);
	if (!said.ok) return said.refusal;
	const { verdict } = said.value;
	await note(world, landing, of, verdict);
	if (verdict.word === 'passed') return null;
	const { whose, only } = wordsOf(landing);
	const allow = `weir gates show ${only} ${of.name} --landing has more; mend it, or weir merge ${only} --override WHY`;
	if (verdict.word === 'broken')
		return {
			code: 'gate.broken',
			message: `${of.name} says nothing of ${branch} with ${whose}: ${verdict.why}`,
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
		message: `${of.name} is red on ${branch} with ${whose}${count}${about}`,
		allow,
	};
}

/** Of each agent, what was said of the landing that it was last in. */
async function note(
	{ gates }: World,
	{ id, agents }: ToGate,
	{ name }: Of,
	{ key, word }: Verdict,
): Promise<void> {
	const landing = [id, ...agents.map((agent) => agent.id)].join(' ');
	for (const agent of agents)
		await gates.room.landings.note(agent.id, name, { landing, key, word });
}

function wordsOf({ agents }: ToGate) {
	const names = agents.map(({ name }) => name);
	const [only = ''] = names;
	const whose = names.length === 1 ? only : counted(names.length, 'agent');
	return { whose, only };
}

async function runOn(
	world: World,
	landing: ToGate,
	{ name, gate, installedIn }: Of,
	tree: string,
): Promise<Outcome<GateResult>> {
	const { id, onto } = landing;
	using run = world.gates.begin(`${id} ${name} ${tree}`, {
		agent: null,
		gate: name,
		tree,
	});
	const said = await world.gates.room.run({
		...{ name, gate, tree, installedIn, parent: onto },
		...{ sameAs: null, urgency: urgencies.landing, anew: 'if-broken' },
		signal: run.signal,
		onBegin: run.onBegin,
	});
	if (said.ok || said.refusal.code !== cancelled) return said;
	return refuse(
		cancelled,
		`the landing of ${wordsOf(landing).whose} was broken off`,
		'weir merge',
	);
}

function hasNothingNew(now: GateResult, base: GateResult): boolean {
	if (base.verdict.word !== 'failed') return false;
	if (!tellAll(now.findings) || !tellAll(base.findings)) return false;
	const { fresh } = compareFailures(now.findings.failures, base.findings.failures);
	return fresh.length === 0;
}
