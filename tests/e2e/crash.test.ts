// The supervisor dies at any moment: nothing accepted is lost, nothing is done twice, every agent
// is adopted. 20 kills in `npm test`, 200 in `npm run soak`.
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	baseIsWhatLanded,
	effectsSettledOnce,
	journalIsWhole,
	nothingFailed,
	nothingIsLeft,
	promptsTypedOnce,
	repositoryIsSound,
	startedOnce,
} from '../support/crash-laws.ts';
import {
	agentIn,
	handOff,
	killAgent,
	landAgent,
	letWork,
	openShell,
	pauseAgent,
	publishWork,
	removeAgent,
	respawnAgent,
	restoreAgent,
	startAgent,
	undoLanding,
} from '../support/deeds.ts';
import { Mission, type Moment } from '../support/mission.ts';

const rounds = process.env.WEIR_SOAK ? 10 : 1;

const setUp = `worktree:
  setup: 'echo "$WEIR_AGENT $WEIR_GENERATION" >> "$HOME/setups"'
`;

let mission: Mission;
beforeAll(() => {
	mission = new Mission(setUp);
});
afterAll(() => mission.close());

test(`${rounds * 20} kills at moments of all kinds`, {
	timeout: rounds * 240_000,
}, async () => {
	const random = seeded(20_261_121);
	const soon = (after: Moment['after'], most: number): Moment =>
		({ after, delayMs: Math.floor(random() * most) }) as Moment;
	for (let round = 1; round <= rounds; round += 1) {
		const [a, b] = [`a${round}`, `b${round}`];
		const most = round === 1 ? 1 : 1 + random() * 150;
		const under = mission.carryOutUnder.bind(mission);
		await under(startAgent(a), soon('worktree.asked', 80));
		await under(startAgent(b, 'the task'), soon('setup.asked', most));
		await mission.shows(b, 'got <# the task>');
		await under(publishWork(mission, a, `work-a-${round}`), soon('publish.asked', most));
		await under(landAgent(mission, a), soon('merge.asked', 60));
		await letWork(mission, a, `work-a-${round}-again`);
		await under(landAgent(mission, a), { after: 'base-moves' });
		await under(undoLanding(mission, a), { after: 'base-moves' });
		await under(landAgent(mission, a), soon('merge.landed', most));
		await under(undoLanding(mission, a), soon('undo.asked', 40));
		await letWork(mission, b, `work-b-${round}`);
		await under(handOff(mission, b), soon('sync.asked', 60));
		await under(handOff(mission, b), soon('prompt.asked', 700));
		await promptsTypedOnce(mission, b);
		await under(pauseAgent(a, true), soon('pause.asked', most));
		await under(pauseAgent(a, false), soon('pause.asked', most));
		await under(openShell(mission, a), soon('shell.asked', most));
		await under(killAgent(a), soon('snapshot.asked', 60));
		await under(respawnAgent(a), soon('spawn.asked', most));
		await under(killAgent(b), soon('stop.asked', most));
		await under(removeAgent(b), soon('remove.asked', 60));
		await under(restoreAgent(b), soon('restore.asked', 80));
		await under(
			respawnAgent(a, agentIn(mission.state, a)?.generation),
			soon('nothing', 300),
		);
		await under(removeAgent(a), soon('nothing', 300));
		await mission.carryOut(removeAgent(b));
	}
	const events = await mission.settledJournal();
	journalIsWhole(events, mission.seen);
	effectsSettledOnce(events);
	nothingFailed(events);
	startedOnce(mission, events);
	baseIsWhatLanded(mission.weir.repo, events);
	repositoryIsSound(mission.weir.repo);
	nothingIsLeft(mission);
	expect(mission.kills).toBe(rounds * 20);
	const times = mission.adoptionMs.toSorted((one, other) => one - other);
	const median = times[Math.floor(times.length / 2)];
	console.log(`${mission.kills} kills, ${events.length} events, none lost`);
	console.log(`from kill to adoption: median ${median?.toFixed(0)} ms`);
});

function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}
