// What a notice says. Its words name agents and what they need; what they ask stands
// in it only where the user wants that: a notice is shown on locked screens and sent through services.
import { counted } from '../lib/counted.ts';
import { plainText } from '../lib/plain-text.ts';
import type { Needed, Notice } from './attention.ts';
import type { AgentId } from './ids.ts';
import type { ItemKind } from './inbox.ts';

/** A notice as it is shown, and as `notify_cmd` gets it. */
export interface NoticeWords {
	readonly v: 1;
	readonly title: string;
	readonly text: string;
	/** It must not wait. */
	readonly urgent: boolean;
	readonly agents: readonly {
		readonly name: string;
		readonly kind: ItemKind;
		/** The first line of what it asks; null where texts are not wanted. */
		readonly asks: string | null;
	}[];
	/** How many agents wait for the human, and for how many seconds the first of them does. */
	readonly waiting: number;
	readonly oldest: number;
}

export interface NoticeContext {
	readonly repository: string;
	readonly nameOf: (agent: AgentId) => string;
	/** With the first line of what is asked. */
	readonly texts: boolean;
	readonly now: number;
}

const longestText = 120;
const agentsSaid = 20;

export function noticeWords(
	{ urgent, news, waiting, oldest }: Notice,
	{ repository, nameOf, texts, now }: NoticeContext,
): NoticeWords {
	const agents = news.slice(0, agentsSaid).map(({ agent, branch, kind, text }) => {
		const asks = texts ? plainText(text.split('\n', 1)[0] ?? '', longestText) : null;
		return { name: agent === null ? (branch ?? '') : nameOf(agent), kind, asks };
	});
	const [first] = news;
	const seconds = Math.max(0, Math.round((now - oldest) / 1000));
	const only = first && waiting <= 1 ? sentenceOf(first, nameOf, texts) : null;
	const alarm = urgent ? alarmSentence(news, nameOf) : null;
	return {
		v: 1,
		title: `weir ${repository}`,
		text: alarm ?? only ?? `${waiting} agents need you, oldest ${ageWords(seconds)}`,
		urgent,
		agents,
		waiting,
		oldest: seconds,
	};
}

/** Which gate, which branch and who landed, or whose budget: nothing of what files hold. */
function alarmSentence(
	news: readonly Needed[],
	nameOf: (agent: AgentId) => string,
): string | null {
	const [first, ...others] = news;
	if (!first) return null;
	const more = others.length === 0 ? '' : `, and ${counted(others.length, 'alarm')} more`;
	// A sentence on an agent lacks its name.
	const who = first.agent === null ? '' : `${nameOf(first.agent)}: `;
	return plainText(who + first.text, longestText) + more;
}

function sentenceOf(
	{ agent, branch, kind, text, flaps }: Needed,
	nameOf: (agent: AgentId) => string,
	texts: boolean,
): string {
	const said = flaps ? 'keeps asking' : needs[kind];
	const asks = texts ? `: ${plainText(text.split('\n', 1)[0] ?? '', longestText)}` : '';
	return `${agent === null ? branch : nameOf(agent)} ${said}${asks}`;
}

const needs: Readonly<Record<ItemKind, string>> = {
	alarm: 'is red',
	budget: 'is paused: its budget is used up',
	approve: 'needs approval',
	ask: 'asks',
	fail: 'failed',
	stuck: 'is stuck',
	lost: 'was lost',
	trespass: 'wrote outside its scope',
	scope: 'wants to write outside its scope',
	done: 'is done',
};

function ageWords(seconds: number): string {
	if (seconds < 60) return `${seconds}s`;
	return seconds < 3600
		? `${Math.floor(seconds / 60)}m`
		: `${Math.floor(seconds / 3600)}h`;
}
