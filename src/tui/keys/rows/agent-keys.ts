// The rows of the key table that are about an agent.
import { type Agent, hasProgram, isLost } from '../../../domain/agent.ts';
import {
	gone,
	whyNotKill,
	whyNotMerge,
	whyNotPause,
	whyNotRemove,
	whyNotRespawn,
	whyNotResume,
	whyNotType,
	whyNoWorktree,
} from '../../../domain/agent-refusals.ts';
import { openAlarms } from '../../../domain/alarm/alarms.ts';
import { whyHeld } from '../../../domain/queue/holding.ts';
import { stepToTakeBack } from '../../../domain/undoing.ts';
import { type Refusal, refusal } from '../../../lib/outcome.ts';
import { lostAgents } from '../../chrome/lost-agents.ts';
import { noAgent } from '../../chrome/no-agent.ts';
import { needsHuman } from '../../look/state-signs.ts';
import { arrangementOf, focusedAgent, shownAgents } from '../../view.ts';
import type { KeyRow, Situation } from '../key-row.ts';
import { onAgent } from './on-agent.ts';

export const agentKeys = [
	{
		action: 'pane.enter',
		contexts: ['nav'],
		keys: ['enter'],
		help: 'type into the pane; in strips without a live pane: open it',
		hint: 'type',
		weight: 90,
		whyNot: whyNotEnter,
		keyOnly: true,
	},
	{
		action: 'pane.type',
		contexts: ['nav'],
		keys: ['i'],
		verb: 'type into',
		help: 'type into the pane',
		whyNot: onAgent(whyNotType),
	},
	{
		action: 'attention.next',
		contexts: ['nav', 'review', 'gates', 'queue'],
		keys: ['n'],
		short: 'next that needs me',
		help: 'go to the next that needs you: an alarm, then agents',
		hint: 'next that needs me',
		weight: 40,
		whyNot: whyNothingNeeds,
	},
	{
		action: 'attention.previous',
		contexts: ['nav', 'review', 'gates', 'queue'],
		keys: ['N'],
		short: 'previous',
		help: 'go to the one before that needs you',
		whyNot: whyNothingNeeds,
	},
	{
		action: 'agent.merge',
		contexts: ['nav', 'review', 'gates', 'queue'],
		keys: ['m'],
		verb: 'merge',
		short: 'merge',
		help: 'merge its work into the base, by a card',
		hint: 'merge',
		weight: 80,
		whyNot: onAgent((agent) => whyNotMerge(agent) ?? whyHeld(agent)),
	},
	{
		action: 'agent.diff',
		contexts: ['nav', 'gates', 'queue'],
		keys: ['d'],
		verb: 'show the diff of',
		short: 'diff',
		help: 'show what it changed',
		hint: 'diff',
		weight: 70,
		whyNot: onAgent(whyNoWorktree),
	},
	{
		action: 'agent.explain',
		contexts: ['nav'],
		keys: ['w'],
		verb: 'explain state and scope of',
		short: 'why, scope',
		help: 'say who says what it does, what it may write and what holds it to that',
		whyNot: onAgent(() => null),
	},
	{
		action: 'scope.widen',
		contexts: ['nav', 'inbox'],
		keys: ['W'],
		verb: 'widen the scope of',
		short: 'widen scope',
		help: 'let it write more, and say why',
		whyNot: onAgent((agent) => (agent.life.kind === 'removing' ? gone(agent) : null)),
	},
	{
		action: 'scope.widen',
		contexts: ['why'],
		keys: ['a', 'W'],
		help: 'let it write more, and say why',
		hint: 'let it write more',
		weight: 60,
		keyOnly: true,
	},
	{
		action: 'agent.kill',
		contexts: ['nav'],
		keys: ['x'],
		verb: 'kill',
		short: 'kill',
		help: 'kill its program, asks where work is open; again meanwhile: at once',
		hint: 'kill',
		weight: 60,
		whyNot: onAgent(whyNotKill),
	},
	{
		action: 'agent.respawn',
		contexts: ['nav'],
		keys: ['R'],
		verb: 'respawn',
		short: 'respawn',
		help: 'start its program again; where it runs, asks as a kill does',
		hint: 'respawn',
		weight: 50,
		hinted: ({ state, view }) => focusedAgent(state, view)?.life.kind !== 'running',
		whyNot: onAgent(whyNotRespawn),
	},
	{
		action: 'agent.otherwise',
		contexts: ['nav'],
		keys: ['F'],
		verb: 'start otherwise',
		short: 'start otherwise',
		help: 'begin anew without its conversation; after that, back to it',
		whyNot: onAgent(whyNotRespawn),
	},
	{
		action: 'agent.remove',
		contexts: ['nav'],
		keys: ['X'],
		verb: 'remove the worktree of',
		short: 'remove',
		help: 'remove worktree and branch, after a snapshot; asks where work is left',
		whyNot: onAgent(whyNotRemove),
	},
	{
		action: 'agent.pause',
		contexts: ['nav'],
		keys: ['p'],
		verb: 'pause or resume',
		short: 'pause, resume',
		help: 'pause its program, or let it go on',
		whyNot: onAgent(whyNotTogglePause),
	},
	{
		action: 'agents.resume',
		contexts: ['nav'],
		keys: ['P'],
		short: 'resume all',
		help: 'let all go on that are paused or were lost with their machine',
		hint: 'resume all',
		weight: 95,
		hinted: ({ state }) => lostAgents(state) !== null,
		whyNot: whyNothingToResume,
	},
	{
		action: 'agent.new',
		contexts: ['nav'],
		keys: ['c'],
		short: 'new agent',
		help: 'start a new agent in a worktree of its own',
		hint: 'new',
		weight: 55,
	},
	{
		action: 'undo.open',
		contexts: ['nav', 'inbox', 'review', 'gates', 'queue'],
		keys: ['u'],
		short: 'undo',
		help: 'recall an answer just given; else take back a merge, kill, removal',
		whyNot: whyNothingToUndo,
	},
] as const satisfies readonly KeyRow[];

function whyNothingToUndo({ state, view }: Situation): Refusal | null {
	// An answer on its way is recalled, or it is told that it is too late.
	if (view.held !== null) return null;
	const step = stepToTakeBack(state, { landing: null, revert: false });
	if (step.ok) return null;
	if (step.refusal.code !== 'undo.nothing') return step.refusal;
	const agent = focusedAgent(state, view);
	const again = agent !== null && agent.generation > 1 && hasProgram(agent);
	const why = again
		? `${agent.name} was started again`
		: 'no merge, kill or removal is left';
	return refusal('undo.nothing', `nothing to take back: ${why}`, 'weir log');
}

function whyNothingToResume({ state }: Situation): Refusal | null {
	const agents = shownAgents(state);
	if (agents.length === 0) return noAgent();
	return agents.some((agent) => isLost(agent) || isPaused(agent))
		? null
		: refusal(
				'resume.nothing',
				'no agent is paused or was interrupted',
				'{focus.jump} goes to one by its name',
			);
}

function isPaused({ life }: Agent): boolean {
	return life.kind === 'running' && life.paused;
}

function whyNotTogglePause(agent: Agent): Refusal | null {
	return isPaused(agent) ? whyNotResume(agent) : whyNotPause(agent);
}

/** What has no live pane is opened, whether it runs or not. */
function whyNotEnter({ state, view }: Situation): Refusal | null {
	const agent = focusedAgent(state, view);
	if (!agent) return noAgent();
	const { tiles } = arrangementOf(state, view);
	return tiles.some(({ pane }) => pane === agent.id) ? whyNotType(agent) : null;
}

function whyNothingNeeds({ state }: Situation): Refusal | null {
	if (openAlarms(state).length > 0) return null;
	const agents = shownAgents(state);
	if (agents.length === 0) return noAgent();
	return agents.some(needsHuman)
		? null
		: refusal(
				'attention.none',
				'no agent needs you now',
				'{focus.jump} goes to one by its name',
			);
}
