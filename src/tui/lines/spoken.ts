// What is said of agents and events in the line mode: whole sentences, no signs, no abbreviations.
import type { Agent } from '../../domain/agent.ts';
import type { WeirEvent } from '../../domain/event.ts';
import { openQuestions } from '../../domain/question.ts';
import type { State } from '../../domain/state.ts';
import { shownWord } from '../../domain/state-words.ts';
import { counted } from '../../lib/counted.ts';
import { plainText } from '../../lib/plain-text.ts';
import type { Observation } from '../../protocol/observation.ts';
import type { Called } from '../chrome/calls.ts';
import { newsOf } from '../chrome/news.ts';
import type { RecordingNews } from '../chrome/recordings.ts';
import { needsHuman, signOf } from '../look/state-signs.ts';
import { shownAgents } from '../view.ts';

const longestReason = 200;

/** `3 api needs approval for 4 minutes: npm test. 18 lines added, 2 removed, 3 files uncommitted.` */
export function agentSentence(
	agent: Agent,
	number: number,
	{ diff }: Observation,
	now: number,
): string {
	const { why, since } = agent.report;
	const reason = why === null ? '' : `: ${plainText(why, longestReason)}`;
	const said = `${number} ${agent.name} ${stateSaid(agent)} for ${ageSaid(since, now)}${reason}.`;
	if (!diff || diff.added + diff.removed + diff.uncommitted === 0) return said;
	const uncommitted =
		diff.uncommitted === 0 ? '' : `, ${counted(diff.uncommitted, 'file')} uncommitted`;
	return `${said} ${counted(diff.added, 'line')} added, ${diff.removed} removed${uncommitted}.`;
}

/** `30 agents, 4 need you.` */
export function countSentence(agents: readonly Agent[]): string {
	if (agents.length === 0) return 'No agents yet.';
	const needy = agents.filter(needsHuman).length;
	const verb = needy === 1 ? 'needs' : 'need';
	return `${counted(agents.length, 'agent')}, ${needy === 0 ? 'none needs' : `${needy} ${verb}`} you.`;
}

export interface Announcement {
	readonly text: string;
	/** Somebody is wanted, or something is done. */
	readonly bell: boolean;
}

/** What is said of an event that came by itself; null for most. */
export function announcementOf(event: WeirEvent, state: State): Announcement | null {
	const news = newsOf(event, state, null);
	if (news) return { text: `${news.text}.`, bell: news.tone === 'bad' };
	if (event.kind !== 'agent.state') return null;
	const agents = shownAgents(state);
	const at = agents.findIndex(({ id }) => id === event.data.agent);
	const agent = agents[at];
	if (!agent || event.data.generation !== agent.generation || !needsHuman(agent))
		return null;
	const { why } = agent.report;
	const reason = why === null ? '' : `: ${plainText(why, longestReason)}`;
	const needy = agents.filter((one) => signOf(one).bay === 'needs').length;
	const rank = signOf(agent).bay === 'needs' ? ` ${needy} of ${agents.length}.` : '';
	const answers = choicesSaid(state, agent);
	const end = /[.?!]$/.test(reason) ? '' : '.';
	const text = `${at + 1} ${agent.name} ${stateSaid(agent)}${reason}${end}${rank}${answers}`;
	return { text, bell: true };
}

/** ` Answers: keep, drop; inbox chooses.`; nothing where none is offered. */
function choicesSaid(state: State, { id }: Agent): string {
	const [asked] = openQuestions(state, id);
	if (!asked || asked.choices.length === 0) return '';
	const labels = asked.choices.map(({ label }) => plainText(label, longestReason));
	return ` Answers: ${labels.join(', ')}; inbox chooses.`;
}

/** `3 api rang.` and `3 api says: the build is done.` */
export function callSentence({ agent, call }: Called, state: State): string {
	const at = shownAgents(state).findIndex(({ id }) => id === agent.id);
	const said =
		call.text === null ? 'rang' : `says: ${plainText(call.text, longestReason)}`;
	return `${at + 1} ${agent.name} ${said}.`;
}

/** `api is not recorded: the disk is full; free space on the disk of the repository.` */
export function recordingSentence({ text, allow }: RecordingNews): string {
	return allow === null ? `${text}.` : `${text}; ${allow}.`;
}

function stateSaid({ life, report }: Agent): string {
	const word = shownWord(life.kind, report.state);
	const said = { 'needs-approval': 'needs approval', asks: 'asks', failed: 'failed' };
	const found = Object.entries(said).find(([one]) => one === word)?.[1];
	const likely = report.inferred && life.kind === 'running' ? 'probably ' : '';
	return found ?? `is ${likely}${word}`;
}

export function ageSaid(since: string, now: number): string {
	const minutes = Math.max(0, Math.floor((now - Date.parse(since)) / 60_000));
	if (minutes < 1) return 'less than a minute';
	if (minutes < 60) return counted(minutes, 'minute');
	const hours = Math.floor(minutes / 60);
	return hours < 48 ? counted(hours, 'hour') : counted(Math.floor(hours / 24), 'day');
}
