// What gates say of the files as they will stand on the base: only green lands, or what is red for no reason
// of the agent's where that is allowed. Which gates there are the base says, and no agent.
import type { Agent } from '../domain/agent.ts';
import { compareFailures } from '../domain/gates/failure.ts';
import { tellAll } from '../domain/gates/findings.ts';
import { type Gate, runsAt } from '../domain/gates/gate.ts';
import { cancelled } from '../domain/gates/gate-standing.ts';
import type { EffectId } from '../domain/ids.ts';
import type { GateResult } from '../gates/gate-store.ts';
import { readFileAt } from '../git/file-at.ts';
import { treeOf } from '../git/merge-tree.ts';
import { counted } from '../lib/counted.ts';
import { type Outcome, ok, type Refusal, refuse } from '../lib/outcome.ts';
import { plainText } from '../lib/plain-text.ts';
import { shellWord } from '../lib/shell-word.ts';
import { urgencies } from './gate-effects.ts';
import { type GateFiles, gateFilesBetween, gateFilesNamed } from './gate-files.ts';
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
	/** Files by which gates judge that may differ from the base's, and gates that may be red by the base's. */
	readonly accept: readonly string[];
}

type Trailer = readonly [key: string, value: string];

/**
 * Trailers that say which gates were green. Refuses with `gate.red`, `gate.broken`, `trust.needed`, and
 * `gate.files` where it changes what gates judge by, and nobody has accepted that.
 */
export async function gateLanding(
	world: World,
	landing: ToGate,
): Promise<Outcome<readonly Trailer[]>> {
	const { agent, override, onto } = landing;
	const defined = await gatesOfBase(world, onto);
	if (!defined.ok) return override === null ? defined : ok([overridden(override)]);
	if (defined.value.length === 0) return ok([]);
	const gates = defined.value.map(([, gate]) => gate);
	const files = await gateFilesBetween(world.repository, landing, gates);
	const told = fileTrailers(files);
	if (override !== null) return ok([overridden(override), ...told]);
	const unseen = whyUnseen(landing, files);
	if (unseen) return { ok: false, refusal: unseen };
	const installedIn = placesOf(world, landing, files);
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
				const no = await whyNotByBoth(world, landing, { name, gate, installedIn }, files);
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
	return ok([['Weir-Gates', names.join(' ')], ...told]);
}

/** Of a landing without gates, or of which they cannot be read, nothing. */
export async function gateFilesOf(
	world: World,
	between: Pick<ToGate, 'onto' | 'tree'>,
	uncommitted: readonly string[],
): Promise<{
	readonly branch: readonly string[];
	readonly uncommitted: readonly string[];
}> {
	const { onto } = between;
	const defined = await gatesOfBase(world, onto);
	if (!defined.ok || defined.value.length === 0) return { branch: [], uncommitted: [] };
	const gates = defined.value.map(([, gate]) => gate);
	const { repository } = world;
	const { paths } = await gateFilesBetween(repository, between, gates);
	const more = await gateFilesNamed(repository, onto, uncommitted, gates);
	return { branch: paths, uncommitted: more };
}

function fileTrailers({ paths }: GateFiles): readonly Trailer[] {
	if (paths.length === 0) return [];
	return [['Weir-Gate-Files', plainText(paths.join(' '), 500)]];
}

/** Files whose change nobody has accepted. */
function whyUnseen({ agent, accept }: ToGate, { paths }: GateFiles): Refusal | null {
	if (accept.includes('all')) return null;
	const unseen = paths.filter((path) => !accept.includes(path));
	if (unseen.length === 0) return null;
	const few = unseen.slice(0, 3).map((path) => plainText(path, 200));
	const more =
		unseen.length > few.length ? ` and ${unseen.length - few.length} more` : '';
	return {
		code: 'gate.files',
		message: `${agent.name} changes what gates judge by: ${few.join(', ')}${more}`,
		allow: `look at weir diff ${agent.name}, then weir merge ${agent.name} ${acceptWords(paths)}`,
	};
}

function acceptWords(paths: readonly string[]): string {
	const named = paths.length > 3 ? ['all'] : paths;
	return named.map((path) => `--accept ${shellWord(plainText(path, 500))}`).join(' ');
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
function placesOf(
	{ repository }: World,
	{ agent }: ToGate,
	{ installs }: GateFiles,
): readonly string[] {
	const places = repository.root === null ? [] : [repository.root];
	return installs ? [agent.path, ...places] : [...places, agent.path];
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
	{ tree, paths }: GateFiles,
): Promise<Refusal | null> {
	const accepted = landing.accept.includes(`gate:${of.name}`);
	const [own, base] = await Promise.all([
		whyNotBy(world, landing, of),
		tree === landing.tree || accepted ? null : whyNotBy(world, { ...landing, tree }, of),
	]);
	if (own !== null || base === null || base.code === cancelled) return own ?? base;
	const { agent, branch } = landing;
	return {
		code: base.code,
		message: `${base.message}; that is by what ${branch} judges by, and by what ${agent.name} has made of it ${of.name} is green`,
		allow: `look at weir diff ${agent.name}, then weir merge ${agent.name} ${acceptWords(paths)} --accept gate:${of.name}`,
	};
}

/** Null where it is green, or red for no reason of the agent's where that may land. */
async function whyNotBy(world: World, landing: ToGate, of: Of): Promise<Refusal | null> {
	const { agent, branch, onto, tree } = landing;
	const said = await runOn(world, landing, of, tree);
	if (!said.ok) return said.refusal;
	const { verdict } = said.value;
	const { key, word } = verdict;
	const noted = { landing: landing.effect, key, word };
	await world.gates.room.landings.note(agent.id, of.name, noted);
	if (verdict.word === 'passed') return null;
	const allow = `weir gates show ${agent.name} ${of.name} --landing has more; mend it, or weir merge ${agent.name} --override WHY`;
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
		...{ sameAs: null, urgency: urgencies.landing, anew: false },
		signal: run.signal,
		onBegin: run.onBegin,
	});
	if (said.ok || said.refusal.code !== cancelled) return said;
	return refuse(cancelled, `the landing of ${agent.name} was broken off`, 'weir merge');
}

function hasNothingNew(now: GateResult, base: GateResult): boolean {
	if (base.verdict.word !== 'failed') return false;
	if (!tellAll(now.findings) || !tellAll(base.findings)) return false;
	const { fresh } = compareFailures(now.findings.failures, base.findings.failures);
	return fresh.length === 0;
}
