// Says what happened without a key: to agents, in their panes, and to the supervisor.
import type { WeirEvent } from '../../domain/event.ts';
import type { Mirror } from '../mirror.ts';
import type { Message, View } from '../view.ts';
import type { ViewChange } from '../view-change.ts';
import { Calls } from './calls.ts';
import { lostAgents } from './lost-agents.ts';
import { refusalMessage } from './message-line.ts';
import { callNews, newsOf } from './news.ts';
import { Recordings } from './recordings.ts';

export interface AnnouncerOptions {
	readonly mirror: Mirror;
	readonly view: () => View;
	readonly change: (change: ViewChange<'call' | 'message'>) => void;
}

export class Announcer {
	readonly #options: AnnouncerOptions;
	readonly #calls: Calls;
	readonly #recordings = new Recordings();
	/** What was said last of a call. */
	#callSaid: Message | null = null;

	constructor(options: AnnouncerOptions) {
		this.#options = options;
		this.#calls = new Calls(options.mirror.now);
	}

	/** What a program calls out never takes the place of another message. */
	hearCalls(): void {
		const { mirror, view, change } = this.#options;
		for (const { agent, call } of this.#calls.news(mirror.now)) {
			const known = view().calls[agent.id];
			change({ kind: 'call', agent: agent.id, call });
			const { focus, message } = view();
			const news = callNews(agent, call, mirror.now.state, focus);
			const free = message === null || message === this.#callSaid;
			// Who rings on and on is said once.
			if (!news || !free || (known && known.text === call.text)) continue;
			this.#callSaid = news;
			this.#say(news);
		}
	}

	/** What agents print is recorded no longer, or again. */
	hearRecordings(): void {
		const news = this.#recordings.news(this.#options.mirror.now);
		if (!news) return;
		const { text, allow } = news;
		const message: Message =
			allow === null
				? { text, allow, tone: 'good' }
				: refusalMessage({ code: 'recording.fails', message: text, allow });
		this.#say(message);
	}

	/** Something came into the journal. */
	tell(event: WeirEvent): void {
		const { mirror, view } = this.#options;
		this.#say(newsOf(event, mirror.now.state, view().focus));
	}

	/** Agents that were lost and wait for the user. */
	tellLost(): void {
		this.#say(lostAgents(this.#options.mirror.now.state));
	}

	/** The supervisor is gone, with what keeps it from coming back where that is known. */
	supervisorGone(why: string | null): void {
		const text = why ?? 'the supervisor is gone; agents go on';
		this.#say({ text, allow: null, tone: 'bad' });
	}

	supervisorBack(): void {
		const text = 'the supervisor is back; nothing was lost';
		const lost = lostAgents(this.#options.mirror.now.state);
		this.#say(lost ?? { text, allow: null, tone: 'good' });
	}

	#say(message: Message | null): void {
		if (message) this.#options.change({ kind: 'message', message });
	}
}
