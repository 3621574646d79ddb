// The supervisor dies while landings are gated, merged and followed: none is half done, none is done twice,
// nothing of anybody's is lost. 50 kills in `npm test`, 3,000 in `npm run soak`; WEIR_KILLS and WEIR_SEED make
// them other ones, so that several can go on side by side.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WeirEvent } from '../../src/domain/event.ts';
import {
	effectsSettledOnce,
	journalIsWhole,
	nothingFailed,
	refsLeadSomewhere,
	repositoryIsSound,
} from '../support/crash-laws.ts';
import { agentIn, landAgent, startAgent } from '../support/deeds.ts';
import { Mission, type Moment } from '../support/mission.ts';
import { commitFiles, gitIn } from '../support/repository.ts';

const wanted = Number(process.env.WEIR_KILLS ?? (process.env.WEIR_SOAK ? 3000 : 50));
const seed = Number(process.env.WEIR_SEED ?? 20_261_122);
const agents = ['one', 'two', 'three'];
/** Of the landings of one round. */
const mostShots = 6;

const gated = `gates:
  check: {run: 'sleep 0.1; test ! -e BUG', when: landing}
  fast: {run: 'test -e readme.md', when: landing}
`;

let mission: Mission;
beforeAll(() => {
	mission = new Mission(gated);
});
afterAll(() => mission.close());

test(`${wanted} kills while gated landings go on`, {
	timeout: wanted * 20_000,
}, async () => {
	const random = seeded(seed);
	for (const name of agents) await mission.carryOut(startAgent(name));
	const dirt = dirtyThe(mission.weir.repo);
	const works = new Set<string>();
	for (let round = 1; mission.kills < wanted; round += 1) {
		await mission.quiet();
		for (const name of agents) {
			const file = `${name}-${round}.txt`;
			const { path = '' } = agentIn(mission.state, name) ?? {};
			commitFiles(path, { [file]: `${round}\n` });
			works.add(file);
		}
		const deeds = agents.map((name) => landAgent(mission, name));
		mission.arm(momentOf(random));
		// All are asked for before the first is waited for.
		await Promise.all(deeds.map((deed) => deed.ask(mission)));
		for (let shots = 0; shots < mostShots && mission.kills < wanted; shots += 1) {
			const before = mission.kills;
			// The next one takes over what the last one left.
			await mission.connect();
			if (shots > 0) mission.arm(laterMoment(random));
			await mission.until('a kill', () => mission.kills > before || isQuiet(mission));
			if (mission.kills === before) break;
		}
		// A supervisor that died took no word with it that it had not given: who was not heard asks again.
		for (const deed of deeds) await mission.carryOut(deed);
		await mission.quiet();
		expect(dirt.now()).toEqual(dirt.before);
		if (round % 10 === 0) refsLeadSomewhere(mission.weir.repo);
	}
	const events = await mission.settledJournal();
	journalIsWhole(events, mission.seen);
	effectsSettledOnce(events);
	nothingFailed(events);
	eachLandedWhole(mission.weir.repo, events);
	refsLeadSomewhere(mission.weir.repo);
	repositoryIsSound(mission.weir.repo, dirt.before.status);
	const base = gitIn(mission.weir.repo, 'ls-tree', '-r', '--name-only', 'main');
	const there = new Set(base.split('\n'));
	expect([...works].filter((file) => !there.has(file))).toEqual([]);
	const landings = events.filter(({ kind }) => kind === 'merge.landed').length;
	console.log(
		`${mission.kills} kills, ${landings} landings, ${works.size} works, none lost`,
	);
});

function isQuiet({ state }: Mission): boolean {
	return Object.keys(state.effects).length === 0;
}

/** As landings are asked, gated, made and followed; as likely early as late. */
function momentOf(random: () => number): Moment {
	const delayMs = Math.floor(random() ** 2 * 900);
	const kind = Math.floor(random() * 4);
	if (kind === 0) return { after: 'base-moves' };
	if (kind === 1) return { after: 'merge.landed', delayMs: delayMs >> 3 };
	if (kind === 2) return { after: 'nothing', delayMs };
	return { after: 'merge.asked', delayMs };
}

/** While those go on that were asked for before the kill. */
function laterMoment(random: () => number): Moment {
	const delayMs = Math.floor(random() * 700);
	return random() < 0.3 ? { after: 'base-moves' } : { after: 'nothing', delayMs };
}

interface Dirt {
	readonly before: { readonly status: string; readonly files: readonly string[] };
	readonly now: () => Dirt['before'];
}

/** The user is at work on files that no landing touches: changed, staged, untracked. */
function dirtyThe(repo: string): Dirt {
	const files = ['readme.md', 'staged.txt', 'notes\u00e9.txt'];
	for (const [at, file] of files.entries())
		writeFileSync(join(repo, file), `mine ${at}\r\n\u0000\u00ff`);
	gitIn(repo, 'add', 'staged.txt');
	const now = () => ({
		status: gitIn(repo, 'status', '--porcelain'),
		files: files.map((file) => readFileSync(join(repo, file), 'latin1')),
	});
	return { before: now(), now };
}

/**
 * The base is what the journal says landed, in that order, each on what it says it landed on, and each brought
 * one file of its agent, all of it.
 */
function eachLandedWhole(repo: string, events: readonly WeirEvent[]): void {
	const log = gitIn(repo, 'log', '--name-only', '--format=%x00%H %P', 'main');
	const brought = new Map(
		log
			.split('\0')
			.slice(1)
			.map((entry) => {
				const [ids = '', ...files] = entry.split('\n').filter((text) => text !== '');
				const [commit = '', parent] = ids.split(' ');
				return [commit, { parent, files }] as const;
			}),
	);
	const landed = events.filter((event) => event.kind === 'merge.landed');
	// The first commit is the user's.
	const [, ...inBase] = [...brought.keys()].toReversed();
	expect(landed.map(({ data }) => data.new)).toEqual(inBase);
	for (const { data } of landed) {
		const { parent, files = [] } = brought.get(data.new) ?? {};
		const name = mission.state.agents[data.agent]?.name;
		if (parent !== data.old || files.length !== 1 || !files[0]?.startsWith(`${name}-`))
			throw new Error(`${data.landing} of ${name} brought ${files.join()} to ${parent}`);
	}
}

function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}
