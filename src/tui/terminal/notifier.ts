// Tells the human through the outer terminal: its title always says how many agents need somebody, a
// notice comes where the supervisor says so. A terminal that asks programs what they do is told that too.
import { fleetStatus } from '../../domain/fleet-status.ts';
import { inboxOf } from '../../domain/inbox.ts';
import type { NoticeWords } from '../../domain/notice.ts';
import type { Environment } from '../../lib/environment.ts';
import type { Mirror } from '../mirror.ts';
import { notification, titleSequence, wayOf } from './notification.ts';
import { statusSequence } from './outer-status.ts';
import type { TerminalTraits } from './terminal-probe.ts';

export interface NotifierOptions {
	readonly mirror: Pick<Mirror, 'now'>;
	/** As far as the terminal has told it. */
	readonly traits: () => TerminalTraits;
	readonly environment: Environment;
	/** Sends a control sequence between two frames; false where too much waits. */
	readonly send: (control: string) => boolean;
}

export class Notifier {
	readonly #options: NotifierOptions;
	#title = '';
	#status = '';

	constructor(options: NotifierOptions) {
		this.#options = options;
	}

	/** Brings the title into line with the inbox. */
	titled(): void {
		const { mirror, send } = this.#options;
		const { state, repository } = mirror.now;
		const items = inboxOf(state, new Date().toISOString());
		const open = items.filter(({ snoozed, kind }) => snoozed === null && kind !== 'done');
		const name = repository?.root.split('/').at(-1) ?? '';
		const title = titleSequence(open.length, name);
		// A terminal that takes nothing now is told with the next change.
		if (title !== this.#title && send(title)) this.#title = title;
	}

	/** Brings what the terminal knows of weir into line with the agents. */
	reported(): void {
		const { mirror, traits, send } = this.#options;
		if (!traits().hearsStatus) return;
		const status = statusSequence(fleetStatus(mirror.now.state));
		if (status !== this.#status && send(status)) this.#status = status;
	}

	tell(notice: NoticeWords): void {
		const { mirror, traits, environment, send } = this.#options;
		const { notify, bell } = mirror.now.state.settings.attention;
		const way = wayOf(notify, traits(), environment);
		if (way === null) return;
		send(notification(way, notice, environment));
		if (bell && way !== 'bell') send('\x07');
	}

	/** Others have had the terminal, and its title. */
	retaken(): void {
		this.#title = '';
		this.#status = '';
		this.titled();
		this.reported();
	}
}
