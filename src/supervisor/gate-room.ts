// Where gates run: one tree after another is laid out in a few worktrees of weir's own, and what a gate
// says of it is kept by what it depends on.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { argvOf } from '../domain/command-line.ts';
import type { Findings } from '../domain/gates/findings.ts';
import type { Gate } from '../domain/gates/gate.ts';
import { cancelled } from '../domain/gates/gate-standing.ts';
import type { Verdict } from '../domain/gates/verdict.ts';
import { type Settings } from '../domain/settings.ts';
import { CapturedOutput } from '../gates/captured-output.ts';
import { linkDependencies, sameLockfiles } from '../gates/dependency-links.ts';
import { GateHistory } from '../gates/gate-history.ts';
import { fingerprintOf, keyOf } from '../gates/gate-key.ts';
import { type GateResult, GateStore } from '../gates/gate-store.ts';
import { InstalledFolders } from '../gates/installed-folders.ts';
import { LandingVerdicts } from '../gates/landing-verdicts.ts';
import { OutputReader } from '../gates/output-reader.ts';
import { leftBy } from '../gates/read-report.ts';
import { runGate } from '../gates/run-gate.ts';
import { Slots, type SlotWish } from '../gates/slots.ts';
import { GateGround } from '../git/gate-ground.ts';
import { type GateWorktree, gateWorktreeAt } from '../git/gate-worktree.ts';
import { layTree } from '../git/lay-tree.ts';
import { changedSince } from '../git/look-after-run.ts';
import type { Repository } from '../git/repository.ts';
import type { Look } from '../git/uncommitted.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { makeFolders } from '../lib/private-folder.ts';
import { gateEnvironment, type Variables } from './environment.ts';
import type { GateConfinement } from './gate-confinement.ts';
import { survivorsOf, wordOf } from './gate-ending.ts';
import type { Withheld } from './withheld.ts';

/** Of what a gate is to say whether it is good. */
export interface GateSubject {
	readonly name: string;
	readonly gate: Gate;
	readonly tree: string;
	/** Folders in which its dependencies may be installed; the first that has any counts. */
	readonly installedIn: readonly string[];
}

export interface GateWish extends GateSubject {
	/** The commit before the one that the tree is laid out as. */
	readonly parent: string;
	/** What earlier runs for the same one left stays: caches of builds. Null begins afresh. */
	readonly sameAs: string | null;
	readonly urgency: number;
	/** What was said of it before does not count, or not where that says nothing of the tree. */
	readonly anew: boolean | 'if-broken';
	readonly signal: AbortSignal;
	/** Told when it has got a slot. */
	readonly onBegin: (output: CapturedOutput, usual: number | null) => void;
}

export interface GateRoomParts {
	readonly repository: Repository;
	/** The folder for what is kept. */
	readonly folder: string;
	/** The folder of all worktrees. */
	readonly root: () => string;
	readonly settings: () => Settings;
	readonly environment: Variables;
	readonly confinement: GateConfinement;
	/** Keeps secrets out of what is kept. */
	readonly withheld: Pick<Withheld, 'out' | 'back'>;
}

export class GateRoom implements AsyncDisposable {
	readonly #parts: GateRoomParts;
	readonly store: GateStore;
	readonly history: GateHistory;
	readonly landings: LandingVerdicts;
	readonly slots: Slots;
	readonly #reader = new OutputReader();
	readonly #installed = new InstalledFolders();
	readonly #grounds = new Map<number, GateGround>();
	/** Runs that are under way, by key: who wants the same waits for the same. */
	readonly #under = new Map<string, Under>();

	constructor(parts: GateRoomParts) {
		this.#parts = parts;
		makeFolders(parts.folder);
		this.store = new GateStore(parts.folder);
		this.history = new GateHistory(parts.folder);
		this.landings = new LandingVerdicts(parts.folder);
		this.slots = new Slots(() => parts.settings().gateSlots ?? usualSlots);
	}

	/** Refuses with `gate.cancelled` where it is called off, else with why it could not be run at all. */
	async run(wish: GateWish): Promise<Outcome<GateResult>> {
		try {
			const known = await this.#lookUp(wish);
			const { key, before } = known;
			if (before && counts(before, wish)) return ok(before);
			const under = this.#under.get(key);
			// Who waits for what somebody else wants does not wait any longer for it.
			if (under) under.urgency = Math.max(under.urgency, wish.urgency);
			const said = await under?.said;
			if (said && (said.ok || said.refusal.code !== cancelled)) return said;
			const { name, gate, urgency, signal } = wish;
			const place = { weight: gate.weight, urgency, signal };
			const running = this.#inSlot(wish, known, place);
			// That it was called off while it waited is the end of its own wish alone.
			const own = Object.assign(place, { said: running.catch(() => calledOff(name)) });
			this.#under.set(key, own);
			const forget = () => {
				if (this.#under.get(key) === own) this.#under.delete(key);
			};
			running.then(forget, forget);
			return await running;
		} catch (error) {
			if (wish.signal.aborted) return calledOff(wish.name);
			throw error;
		}
	}

	/** What was said before of the same; null where nothing was. */
	async find(subject: GateSubject): Promise<GateResult | null> {
		return (await this.#lookUp(subject)).before;
	}

	async #lookUp({ name, gate, tree, installedIn }: GateSubject): Promise<Known> {
		const source = await this.#sourceIn(installedIn);
		const env = gateEnvironment(this.#parts.environment, gate.env);
		const fingerprint = await fingerprintOf(gate, env, source?.folder ?? null);
		const key = keyOf(name, gate, tree, fingerprint);
		return { key, source, env, before: await this.store.find(key) };
	}

	/** Where dependencies are installed, and the folders of them; null where nothing is. */
	async #sourceIn(places: readonly string[]): Promise<Source | null> {
		for (const folder of places) {
			const folders = await this.#installed.in(folder);
			if (folders.length > 0) return { folder, folders };
		}
		return null;
	}

	/** Once nothing runs any more. */
	async settled(): Promise<void> {
		await Promise.allSettled([...this.#under.values()].map(({ said }) => said));
	}

	/** What runs is called off before. */
	async [Symbol.asyncDispose](): Promise<void> {
		await this.#reader[Symbol.asyncDispose]();
	}

	#inSlot(wish: GateWish, known: Known, place: SlotWish): Promise<Outcome<GateResult>> {
		return this.slots.run(place, (slot) => this.#layAndRun(wish, known, slot));
	}

	async #layAndRun(
		wish: GateWish,
		known: Known,
		slot: number,
	): Promise<Outcome<GateResult>> {
		const { repository, root } = this.#parts;
		const { tree, parent, sameAs, signal, gate, name } = wish;
		const usual = await this.history.usual(name);
		const output = new CapturedOutput();
		wish.onBegin(output, usual);
		const place = gateWorktreeAt(repository, root(), String(slot));
		const ground = this.#groundOf(slot);
		const keepIgnored = sameAs !== null && ground.usedFor === sameAs;
		const laid = await layTree(place, { tree, parent, keepIgnored, ground });
		if (!laid.ok) return laid;
		ground.usedFor = sameAs;
		signal.throwIfAborted();
		if (known.source)
			await linkDependencies(known.source.folder, place.path, known.source.folders);
		let run = await this.#runOnce(wish, known, { place, ground }, output);
		let red = false;
		for (let again = 0; again < gate.retries; again += 1) {
			if (!run.ok || run.value.verdict.word !== 'failed') break;
			red = true;
			signal.throwIfAborted();
			output.clear();
			run = await this.#runOnce(wish, known, { place, ground }, output);
		}
		if (!run.ok) return run;
		const { withheld } = this.#parts;
		// The whole first: what is a secret by what surrounds it stands alone in a failure.
		const printed = withheld.out(output.text);
		const result = withheld.out(flakyOf(run.value, red, known.before));
		await this.store.keep(result, printed);
		await this.history.add(name, result.verdict);
		return ok(result);
	}

	#groundOf(slot: number): GateGround {
		const ground = this.#grounds.get(slot) ?? new GateGround();
		this.#grounds.set(slot, ground);
		return ground;
	}

	async #runOnce(
		{ name, gate, tree, signal }: GateWish,
		{ key, env, source }: Known,
		{ place, ground }: { readonly place: GateWorktree; readonly ground: GateGround },
		output: CapturedOutput,
	): Promise<Outcome<GateResult>> {
		ground.tree = null;
		const argv = argvOf(gate.run);
		const held = await this.#parts.confinement.hold(key, {
			argv: this.#parts.withheld.back(argv),
			env: { ...env, PWD: place.path },
			folder: place.path,
			gitDir: place.privateDir,
			scratch: join(place.stateDir, 'passing'),
		});
		if (!held.ok) return held;
		const since = Date.now();
		const end = await runGate({
			...held.value,
			cwd: place.path,
			timeoutMs: gate.timeout * 1000,
			signal,
			output,
		});
		if (end.ended === 'aborted') return calledOff(name);
		const changed = await changedSince(place, ground);
		const untouched = changed.ok && isEmpty(changed.value);
		if (untouched && end.survivors.length === 0) ground.tree = tree;
		const said = wordOf(end, gate, changed.ok ? changed.value.files : null);
		const failed = said.word !== 'passed';
		const left = await leftBy(gate, output, failed, { root: place.path, since });
		const findings = await this.#reader.read(gate.parse, left);
		const stale = source && !(await sameLockfiles(source.folder, place.path));
		const verdict: Verdict = {
			key,
			tree,
			word: said.word,
			exit: end.exit,
			signal: end.signal,
			why: said.why ?? survivorsOf(end) ?? (stale ? otherLockfile(source.folder) : null),
			failures: findings.parsed ? findings.failures.length + findings.dropped : null,
			first: said.word === 'passed' ? null : firstOf(findings, output),
			flaky: false,
			took: Math.round(end.took),
			at: new Date().toISOString(),
		};
		return ok({ verdict, gate: name, findings, argv, leftOut: output.leftOut });
	}
}

function counts({ verdict }: GateResult, { anew }: GateWish): boolean {
	return anew === 'if-broken' ? verdict.word !== 'broken' : !anew;
}

function isEmpty({ files, nested, closed }: Look): boolean {
	return files.length + nested.length + closed.length === 0;
}

/** A run that is under way or waits for its slot. */
interface Under {
	urgency: number;
	/** What came of it for whoever wants the same. */
	readonly said: Promise<Outcome<GateResult>>;
}

interface Source {
	readonly folder: string;
	readonly folders: readonly string[];
}

interface Known {
	readonly key: string;
	readonly source: Source | null;
	readonly env: Variables;
	/** What was said of the same before. */
	readonly before: GateResult | null;
}

const usualSlots = Math.max(1, Math.floor(availableParallelism() / 2));

function calledOff(gate: string): Outcome<never> {
	return refuse(cancelled, `${gate} was called off: the files have moved on`);
}

function otherLockfile(folder: string): string {
	return `its dependencies are those of ${folder}, which has another lockfile`;
}

function firstOf(
	{ parsed, failures: [first] }: Findings,
	output: CapturedOutput,
): string | null {
	if (!parsed || !first) return output.lastLines(1)[0]?.slice(0, 200) ?? null;
	const place = first.file === null ? '' : `${first.file}:${first.line ?? 1} `;
	return `${place}${first.message}`.slice(0, 200);
}

/** Red and green on one tree, in this run or beside the one before it. */
function flakyOf(
	result: GateResult,
	red: boolean,
	before: GateResult | null,
): GateResult {
	const { verdict } = result;
	const words = new Set([verdict.word, before?.verdict.word, red ? 'failed' : null]);
	const flaky = words.has('passed') && words.has('failed');
	return flaky ? { ...result, verdict: { ...verdict, flaky } } : result;
}
