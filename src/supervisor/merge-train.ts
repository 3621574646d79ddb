// Landings that wait, and the rounds in which they are tried together. Every round settles somebody or finds
// that the base has moved; who could not be judged for the sake of others goes on to the next one.
import { setTimeout as sleep } from 'node:timers/promises';
import type { EffectOutcome } from '../domain/command.ts';
import type { PendingOf } from '../domain/state.ts';
import { Lane } from '../lib/lane.ts';
import { landedAs } from './landing-report.ts';
import { loadFreight } from './merge-freight.ts';
import { Rider } from './merge-rider.ts';
import { tryTogether } from './merge-round.ts';
import type { World } from './world.ts';

/** Who wants several to land asks for them within this time. */
const gatherMs = 20;
/** Tried together at most: what is red is found in five more runs. */
const most = 30;

export class MergeTrain {
	readonly #moves: Lane;
	/** How many are loaded at a time, while earlier ones land. */
	readonly #loading = new Lane(2);
	/** In the order asked for. */
	#riders: Rider[] = [];
	#runs = false;

	/** The base is moved in the lane, one move at a time. */
	constructor(moves: Lane) {
		this.#moves = moves;
	}

	/** Somebody waits to land. */
	get busy(): boolean {
		return this.#riders.some(({ open }) => open);
	}

	/** Resolves once it has landed or cannot. */
	board(effect: PendingOf<'merge'>, world: World): Promise<EffectOutcome<'merge'>> {
		const rider = new Rider(effect);
		this.#riders.push(rider);
		if (!this.#runs) void this.#run(world);
		return rider.ended;
	}

	async #run(world: World): Promise<void> {
		this.#runs = true;
		await sleep(gatherMs);
		while (this.busy) await this.#round(world);
		this.#runs = false;
	}

	async #round(world: World): Promise<void> {
		const together = await this.#gather(world);
		try {
			if (together.length > 0) await tryTogether(world, together, this.#moves);
		} catch (error) {
			for (const rider of together) if (rider.open) rider.fail(error);
		}
		this.#riders = this.#riders.filter(({ open }) => open);
	}

	/** Who comes while others are loaded is loaded, too. */
	async #gather(world: World): Promise<readonly Rider[]> {
		const loaded = new Set<Rider>();
		for (;;) {
			const together = thoseInFront(this.#riders);
			const fresh = together.filter((rider) => !loaded.has(rider));
			if (fresh.length === 0) return together;
			// An undo that was asked for first may change what there is to land.
			await this.#moves.run(() => Promise.resolve());
			const loads = await Promise.all(
				fresh.map((rider) => this.#loading.run(() => loadRider(rider, world))),
			);
			// What landed before a crash is told in the order in which it did.
			for (const settle of loads) settle();
			for (const rider of fresh) loaded.add(rider);
		}
	}
}

/** For one branch; who lands whatever gates say is tried alone. */
function thoseInFront(riders: readonly Rider[]): readonly Rider[] {
	const [first, ...others] = riders.filter(({ open }) => open);
	if (!first) return [];
	if (lands(first)) return [first];
	const { branch } = first.effect.data;
	const same = others.filter(
		(rider) => rider.effect.data.branch === branch && !lands(rider),
	);
	return [first, ...same].slice(0, most);
}

const lands = ({ effect }: Rider) => typeof effect.data.override === 'string';

/** What settles it, where it has landed before or there is nothing that it could carry. */
async function loadRider(rider: Rider, world: World): Promise<() => void> {
	const nothing = () => {};
	if (rider.loaded) return nothing;
	try {
		const freight = await loadFreight(rider.effect, world);
		if (!freight.ok) return () => rider.settle(freight);
		if (!('landed' in freight.value)) {
			rider.load(freight.value);
			return nothing;
		}
		const { branch } = rider.effect.data;
		const [report] = await landedAs(world, branch, [freight.value.landed]);
		return report ? () => rider.settle(report) : nothing;
	} catch (error) {
		return () => rider.fail(error);
	}
}
