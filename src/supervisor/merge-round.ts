// One round of landings: what becomes of all of them together, as commits on one commit of the base, is gated
// as a whole. Green, all of them land by one move; red, each half is tried by itself, down to who is at fault.
import { cancelled } from '../domain/gates/gate-standing.ts';
import { branchTip } from '../git/base.ts';
import { type ChainLink, type Landed, landChain } from '../git/landing.ts';
import { readCommit } from '../git/refs.ts';
import type { Lane } from '../lib/lane.ts';
import { type Outcome, type Refusal, refuse } from '../lib/outcome.ts';
import type { GateFiles } from './gate-files.ts';
import { gatesOfLanding, whyNotGreen } from './landing-gates.ts';
import { landedAs } from './landing-report.ts';
import { type LineupParts, lineUp } from './merge-lineup.ts';
import { type Rider, riderOf } from './merge-rider.ts';
import type { World } from './world.ts';

/** How often a landing follows a base that others move at the same time. */
const tries = 5;

/** Who is open still afterwards could not be judged yet. At least one is settled, or the base has moved. */
export async function tryTogether(
	world: World,
	together: readonly Rider[],
	moves: Lane,
): Promise<void> {
	const waiting = together.filter(({ open }) => open);
	const [first] = waiting;
	if (!first) return;
	const { branch, override = null } = first.effect.data;
	const onto = await branchTip(world.repository, branch);
	const gates =
		onto === null ? noBranch(branch) : await gatesOfLanding(world, onto, override);
	if (onto === null || !gates.ok) {
		for (const rider of waiting) if (!gates.ok) rider.settle(gates);
		return;
	}
	const riders = new Map(waiting.map((one) => [one.effect.data.landing as string, one]));
	const parts = { world, riders, branch, onto, gates: gates.value };
	const { links, files } = await lineUp(parts);
	if (links.length > 0) await new Round(parts, moves, files).land(links);
}

class Round {
	readonly #parts: LineupParts;
	readonly #moves: Lane;
	readonly #files: GateFiles | null;

	constructor(parts: LineupParts, moves: Lane, files: GateFiles | null) {
		this.#parts = parts;
		this.#moves = moves;
		this.#files = files;
	}

	/** True where all of them have landed. */
	async land(links: readonly ChainLink[]): Promise<boolean> {
		const red = await this.#whyNotGreen(links);
		const no = red ?? (await this.#move(links));
		if (no === null) return true;
		const { code } = no;
		if (moved.has(code)) return this.#missed(links, no);
		if (links.length === 1 || ofAll.has(code)) {
			for (const link of links)
				riderOf(this.#parts.riders, link).settle({ ok: false, refusal: no });
			return false;
		}
		const half = Math.floor(links.length / 2);
		// The others stand on the first half, and are chained anew unless all of it has landed.
		if (!(await this.land(links.slice(0, half)))) return false;
		return this.land(links.slice(half));
	}

	#whyNotGreen(links: readonly ChainLink[]): Promise<Refusal | null> {
		const { world, branch, gates } = this.#parts;
		const [first, last] = [links[0], links.at(-1)];
		if (!first || !last) throw new Error('there is nothing to land');
		const rider = riderOf(this.#parts.riders, first);
		return whyNotGreen(
			world,
			{
				...{ id: rider.effect.id, branch, onto: first.onto, tree: last.tree },
				agents: links.map((link) => riderOf(this.#parts.riders, link).freight.agent),
				...{ files: this.#files, accept: rider.effect.data.accept ?? [] },
			},
			gates,
		);
	}

	async #move(links: readonly ChainLink[]): Promise<Refusal | null> {
		const { world, branch } = this.#parts;
		const landed = await this.#moves.run(() => landThere(world, branch, links));
		if (!landed.ok) return landed.refusal;
		const told = await landedAs(world, branch, landed.value);
		for (const [at, link] of links.entries()) {
			const report = told[at];
			if (report) riderOf(this.#parts.riders, link).settle(report);
		}
		return null;
	}

	#missed(links: readonly ChainLink[], refusal: Refusal): false {
		for (const link of links) {
			const rider = riderOf(this.#parts.riders, link);
			rider.missed += 1;
			if (rider.missed === tries) rider.settle({ ok: false, refusal });
		}
		return false;
	}
}

/** It is judged anew on the base as it is then. */
const moved: ReadonlySet<string> = new Set(['base.moved', 'landing.lost']);

/** Refusals for which no landing among several is to blame. */
const ofAll: ReadonlySet<string> = new Set([cancelled]);

/** No ref names what is to land while gates run: whoever clears the repository takes it away. */
async function landThere(
	{ repository }: World,
	branch: string,
	links: readonly ChainLink[],
): Promise<Outcome<readonly Landed[]>> {
	const tip = links.at(-1)?.commit ?? '';
	if ((await readCommit(repository.place, tip)) !== null)
		return landChain(repository, branch, links);
	return refuse(
		'landing.lost',
		'git gc took away what was to land before it did',
		'weir merge again',
	);
}

function noBranch(branch: string): Outcome<never> {
	return refuse('base.unknown', `there is no branch ${branch}`, 'git branch --list');
}
