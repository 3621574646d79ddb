// Looks after the human's attention: knows which clients there are and who looks, and tells the one that
// was used last what is to be told. The user's own command is told also where no client is there.
import {
	type Attention,
	attend,
	beginAttention,
	type Notice,
} from '../domain/attention.ts';
import { inboxOf } from '../domain/inbox.ts';
import { type NoticeWords, noticeWords } from '../domain/notice.ts';
import { quietAt } from '../domain/quiet-hours.ts';
import { type Closer, Lifetime } from '../lib/lifetime.ts';
import type { ClientPush } from '../protocol/client.ts';
import type { Loop } from './loop.ts';
import type { NotifyCommand } from './notify-command.ts';

/** Whether the terminal of a client has the focus; null where it does not tell. */
export interface Presence {
	readonly focused: boolean | null;
	/** The human just used it. */
	readonly used: boolean;
}

/** The connection of a client. */
interface Line {
	readonly push: (push: ClientPush) => void;
	readonly onClose: (run: () => void) => void;
}

interface Client {
	readonly focused: boolean | null;
	readonly usedAt: number;
}

export interface AttentionParts {
	readonly loop: Pick<Loop, 'state' | 'onEvents'>;
	readonly command: Pick<NotifyCommand, 'tell'>;
	/** The name by which people know the repository. */
	readonly repository: string;
	/** Milliseconds of wall clock. */
	readonly clock: () => number;
}

/** Whose terminal tells no focus looks at it for so long after a key. */
const glanceMs = 30_000;
/** Who has not used weir for so long is away: then the command is to tell, whatever has the focus. */
const awayMs = 10 * 60_000;
const minuteMs = 60_000;

export class AttentionDesk {
	readonly #parts: AttentionParts;
	readonly #lifetime = new Lifetime();
	readonly #clients = new Map<Line, Client>();
	/** What clients were told; null while there is none. */
	#shown: Attention | null = null;
	/** What the command was told; null while there is none. */
	#sent: Attention | null = null;
	#due = false;
	#alarm: Closer | undefined;

	constructor(parts: AttentionParts) {
		this.#parts = parts;
		this.#lifetime.add(parts.loop.onEvents.on(() => this.#soon()));
		this.#attend();
	}

	/** A client tells of itself; from the first time on it may be told something until it is gone. */
	present(line: Line, { focused, used }: Presence): void {
		const known = this.#clients.get(line);
		const usedAt = used ? this.#parts.clock() : (known?.usedAt ?? 0);
		this.#clients.set(line, { focused, usedAt });
		if (!known)
			line.onClose(() => {
				this.#clients.delete(line);
				this.#soon();
			});
		this.#soon();
	}

	close(): Promise<void> {
		return this.#lifetime.close();
	}

	/** Once for all that happens in one turn. */
	#soon(): void {
		if (this.#due) return;
		this.#due = true;
		setImmediate(() => {
			this.#due = false;
			if (!this.#lifetime.closed) this.#attend();
		});
	}

	#attend(): void {
		const { loop, clock } = this.#parts;
		const now = clock();
		const { attention } = loop.state.settings;
		const { quiet, changesIn } = quietAt(attention.quiet, minuteOfDay(now));
		const items = inboxOf(loop.state, new Date(now).toISOString());
		const moment = { items, now, quiet };
		const wakes = [changesIn === null ? null : now + changesIn * minuteMs];
		for (const { until } of snoozesOf(items)) wakes.push(until);
		this.#shown =
			this.#clients.size === 0 ? null : (this.#shown ?? beginAttention(moment));
		if (this.#shown) {
			const shown = attend(this.#shown, { ...moment, looking: this.#looks(now) });
			this.#shown = shown.attention;
			wakes.push(shown.wakeAt);
			if (shown.notice && attention.notify !== 'none') this.#show(shown.notice, now);
		}
		const { notifyCmd } = attention;
		this.#sent = notifyCmd === null ? null : (this.#sent ?? beginAttention(moment));
		if (this.#sent && notifyCmd !== null) {
			const sent = attend(this.#sent, { ...moment, looking: this.#isNear(now) });
			this.#sent = sent.attention;
			wakes.push(sent.wakeAt);
			if (sent.notice) this.#parts.command.tell(notifyCmd, this.#words(sent.notice, now));
		}
		this.#wake(wakes, now);
	}

	#looks(now: number): boolean {
		return [...this.#clients.values()].some(
			({ focused, usedAt }) => focused ?? now - usedAt < glanceMs,
		);
	}

	#isNear(now: number): boolean {
		return [...this.#clients.values()].some(
			({ focused, usedAt }) => focused !== false && now - usedAt < awayMs,
		);
	}

	/** The one used last tells it: several terminals would say the same at once. */
	#show(notice: Notice, now: number): void {
		const [last] = [...this.#clients].toSorted(
			([, one], [, other]) => other.usedAt - one.usedAt,
		);
		last?.[0].push({ push: 'notice', notice: this.#words(notice, now) });
	}

	#words(notice: Notice, now: number): NoticeWords {
		const { loop, repository } = this.#parts;
		const { agents, settings } = loop.state;
		return noticeWords(notice, {
			repository,
			nameOf: (agent) => agents[agent]?.name ?? agent,
			texts: settings.attention.texts,
			now,
		});
	}

	#wake(times: readonly (number | null)[], now: number): void {
		void this.#alarm?.();
		const next = Math.min(...times.filter((time) => time !== null));
		if (next === Infinity) return;
		// A clock that was set is noticed within the hour.
		const wait = Math.min(Math.max(0, next - now), 60 * minuteMs);
		this.#alarm = this.#lifetime.timer(wait, () => this.#attend());
	}
}

/** What was put off comes back by the clock alone. */
function snoozesOf(items: ReturnType<typeof inboxOf>) {
	return items.flatMap(({ snoozed }) =>
		snoozed === null ? [] : { until: Date.parse(snoozed) },
	);
}

function minuteOfDay(now: number): number {
	const date = new Date(now);
	return date.getHours() * 60 + date.getMinutes();
}
