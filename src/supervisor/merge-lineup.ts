// Who of those that wait may land on a commit of the base, and as what: each as a commit on top of the one
// before it. Who may not is told why, but for those that others among them stand in the way of.
import type { Agent } from '../domain/agent.ts';
import type { State } from '../domain/state.ts';
import { relate } from '../git/landed-before.ts';
import type { ChainLink } from '../git/landing.ts';
import { buildChain, type ChainWish, type LeftOut } from '../git/merge-chain.ts';
import { requireSubmoduleCommits } from '../git/submodule-commits.ts';
import { Lane } from '../lib/lane.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { fileTrailers, whyUnseen } from './accepted-files.ts';
import { type GateFiles, gateFilesBetween } from './gate-files.ts';
import { landedBefore } from './landed.ts';
import { gateTrailers, type LandingGates } from './landing-gates.ts';
import { type Rider, riderOf } from './merge-rider.ts';
import { checkLanding, checkMerged } from './wall.ts';
import type { World } from './world.ts';

export interface LineupParts {
	readonly world: World;
	readonly riders: ReadonlyMap<string, Rider>;
	readonly branch: string;
	/** The commit of the base. */
	readonly onto: string;
	readonly gates: LandingGates;
}

/** What is to be tried together. */
export interface Lineup {
	readonly links: readonly ChainLink[];
	/** Of the only one where that changes what gates judge by. */
	readonly files: GateFiles | null;
}

/** Settles who cannot land. The others are in the line, or wait for the next round. */
export function lineUp(parts: LineupParts): Promise<Lineup> {
	return new Former(parts).form();
}

class Former {
	readonly #parts: LineupParts;
	readonly #looked = new Map<string, Promise<GateFiles>>();

	constructor(parts: LineupParts) {
		this.#parts = parts;
	}

	async form(): Promise<Lineup> {
		const wishes = await this.#wishes();
		const links = await this.#chain(wishes);
		const at = await this.#firstToJudgeBy(links);
		if (!at) return { links, files: null };
		const { before, files } = at;
		if (before > 0) return { links: links.slice(0, before), files: null };
		// What gates judge by is another from here on: it is tried alone, and says so.
		const alone = wishes.flatMap((wish) =>
			wish.id === at.link.id
				? [{ ...wish, trailers: [...wish.trailers, ...fileTrailers(files)] }]
				: [],
		);
		return { links: await this.#chain(alone), files };
	}

	async #wishes(): Promise<readonly ChainWish[]> {
		const judging = new Lane(2);
		const wished = await Promise.all(
			[...this.#parts.riders.values()].map((rider) =>
				judging.run(() => this.#wishOf(rider)),
			),
		);
		return wished.filter((wish) => wish !== null);
	}

	/** What may land of those who are open, each on the one before it. */
	async #chain(wishes: readonly ChainWish[]): Promise<readonly ChainLink[]> {
		const { world, onto } = this.#parts;
		for (;;) {
			const left = wishes.filter(({ id }) => riderOf(this.#parts.riders, { id }).open);
			if (left.length === 0) return [];
			const chain = await buildChain(world.repository, onto, left);
			if (!chain.ok) {
				for (const { id } of left) riderOf(this.#parts.riders, { id }).settle(chain);
				return [];
			}
			const { links, leftOut } = chain.value;
			const [front] = links;
			const before = left.findIndex(({ id }) => id === front?.id);
			for (const [at, { id }] of left.entries()) {
				const why = leftOut.find((one) => one.id === id);
				if (why) this.#leaveOut(why, before === -1 || at < before);
			}
			// Whoever stands on one that is refused is chained anew.
			if (await this.#allPass(links)) return links;
		}
	}

	/** Null where it is settled: what it changes is not its agent's to change. */
	async #wishOf(rider: Rider): Promise<ChainWish | null> {
		if (!rider.open) return null;
		const { world, onto, gates } = this.#parts;
		const { repository } = world;
		const { agent, candidate, message, coAuthors } = rider.freight;
		const { strategy, landing: id } = rider.effect.data;
		const before = await landedBefore(world, agent, onto);
		const related = await relate(repository, onto, candidate, before);
		const landing = { onto, candidate, related, strategy };
		const inside = await checkLanding(repository, this.#scopedOf(rider), landing);
		if (!inside.ok) {
			rider.settle(inside);
			return null;
		}
		return {
			...{ id, candidate, before, strategy, message },
			author: null,
			coAuthors: strategy === 'squash' ? coAuthors : [],
			trailers: [...agentTrailers(world.state(), rider), ...gateTrailers(gates)],
			sign: world.state().settings.land.sign,
		};
	}

	/** Its scope is that of this moment: it may have been widened while the landing waited. */
	#scopedOf({ freight: { agent } }: Rider) {
		return this.#parts.world.state().agents[agent.id] ?? agent;
	}

	/** Who stands in the way of another only waits: the one before it may not land. */
	#leaveOut(why: LeftOut, onBase: boolean): void {
		const rider = riderOf(this.#parts.riders, why);
		const { agent } = rider.freight;
		const { branch } = this.#parts;
		switch (why.kind) {
			case 'conflict':
				if (why.with === null)
					rider.settle({ ok: true, value: { kind: 'conflicted', files: why.files } });
				return;
			case 'nothing':
				if (onBase) rider.settle(nothingOf(agent, branch));
				return;
			case 'merges':
				return rider.settle(
					refuse(
						'rebase.merges',
						`${agent.name} has a merge among its commits, ${why.merge.slice(0, 10)}, which cannot be replayed`,
						`weir merge ${agent.name} --strategy squash, or merge`,
					),
				);
		}
	}

	async #allPass(links: readonly ChainLink[]): Promise<boolean> {
		const { repository } = this.#parts.world;
		let pass = true;
		for (const link of links) {
			const rider = riderOf(this.#parts.riders, link);
			const { onto, tree } = link;
			const put = await checkMerged(repository, this.#scopedOf(rider), { onto, tree });
			const there = put.ok ? await requireSubmoduleCommits(repository, onto, tree) : put;
			const said = there.ok ? await this.#checkSeen(link) : there;
			if (said.ok) continue;
			rider.settle(said);
			pass = false;
		}
		return pass;
	}

	async #checkSeen(link: ChainLink): Promise<Outcome<void>> {
		const files = await this.#filesOf(link);
		if (files === null || this.#parts.gates.override !== null) return ok(undefined);
		const { freight, effect } = riderOf(this.#parts.riders, link);
		const { accept = [] } = effect.data;
		const unseen = whyUnseen({ name: freight.agent.name, accept }, files);
		return unseen ? { ok: false, refusal: unseen } : ok(undefined);
	}

	/** The first that changes what gates judge by; undefined where none does. */
	async #firstToJudgeBy(links: readonly ChainLink[]) {
		for (const [before, link] of links.entries()) {
			const files = await this.#filesOf(link);
			if (files && files.paths.length > 0) return { before, link, files };
		}
		return undefined;
	}

	/** Null where there is no gate that could judge. */
	#filesOf(link: ChainLink): Promise<GateFiles> | null {
		const gates = this.#parts.gates.gates.map(([, gate]) => gate);
		if (gates.length === 0) return null;
		const known = this.#looked.get(link.commit);
		const found = known ?? gateFilesBetween(this.#parts.world.repository, link, gates);
		this.#looked.set(link.commit, found);
		return found;
	}
}

/** Whose work it is: the author's first, where another has resolved its conflict. */
function agentTrailers({ agents }: State, { freight, effect }: Rider): Trailer[] {
	const { through } = effect.data;
	const author = through && agents[through.agent];
	const names = [author?.name, freight.agent.name].filter((name) => name !== undefined);
	return names.map((name) => ['Weir-Agent', name]);
}

type Trailer = ChainWish['trailers'][number];

function nothingOf({ name, landed }: Agent, branch: string): Outcome<never> {
	return landed
		? refuse(
				'merge.nothing',
				`${branch} has all of ${name} already`,
				`weir send ${name} TEXT asks for more, weir remove ${name} takes it away`,
			)
		: refuse(
				'merge.nothing',
				`${name} has committed nothing that ${branch} does not have`,
				`weir diff ${name}`,
			);
}
