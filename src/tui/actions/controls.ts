// What actions may do, and nothing else: change the view, ask the supervisor, move panes, leave.

import type { Agent } from '../../domain/agent.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Arrangement } from '../../domain/layout.ts';
import type { State } from '../../domain/state.ts';
import type { Outcome } from '../../lib/outcome.ts';
import type {
	ClientOperation,
	ClientRequest,
	ClientResponses,
} from '../../protocol/client.ts';
import type { Observation } from '../../protocol/observation.ts';
import type { Dialog } from '../cards/dialog.ts';
import { refusalMessage } from '../chrome/message-line.ts';
import type { Clipboard } from '../copying/clipboard.ts';
import type { CopyMode } from '../copying/copy-mode.ts';
import type { Answers } from '../inbox/answers.ts';
import type { InboxKeeper } from '../inbox/inbox-keeper.ts';
import { agentAimedAt } from '../inbox/inbox-list.ts';
import type { BoundKey } from '../keys/keys.ts';
import type { SavedLayouts } from '../layouts/saved-layouts.ts';
import type { LivePane } from '../panes/live-pane.ts';
import type { Message, View } from '../view.ts';
import type { ViewChange } from '../view-change.ts';

export interface Controls {
	readonly view: View;
	readonly state: State;
	readonly arrangement: Arrangement<AgentId>;
	/** The folder of the user's checkout; null while it is not known. */
	readonly root: string | null;
	/** What was last seen of an agent's worktree. */
	readonly observed: (agent: AgentId) => Observation;
	/** The environment that new programs get. */
	readonly environment: Readonly<Record<string, string>>;
	readonly change: (change: ViewChange) => void;
	readonly say: (message: Message) => void;
	readonly ask: <O extends ClientOperation>(
		operation: O,
		body: ClientRequest<O>,
	) => Promise<Outcome<ClientResponses[O]>>;
	/** Runs a row of the table, with its refusal. */
	readonly run: (row: BoundKey) => void;
	readonly pane: (agent: AgentId) => LivePane | undefined;
	readonly type: (agent: AgentId, bytes: Uint8Array) => void;
	readonly savedLayouts: SavedLayouts;
	readonly copy: CopyMode;
	readonly inbox: InboxKeeper;
	readonly answers: Answers;
	readonly clipboard: Clipboard;
	/** Runs another program in the user's terminal; resolves when it has ended. */
	readonly lend: (argv: readonly string[]) => Promise<Outcome<null>>;
	/** As `lend`; what it prints on its output comes back, however it ended. */
	readonly lendToRead: (argv: readonly string[]) => Promise<Outcome<string>>;
	readonly redraw: () => void;
	readonly leave: (code: number) => void;
}

/** What an action of the key table does. */
export type Act = (controls: Controls) => void | Promise<void>;

/**
 * Does what takes a while: says so, then what came of it. Null where it was refused, which has been
 * said by then unless `refused` took it.
 */
export async function attend<T>(
	controls: Controls,
	what: string,
	work: Promise<Outcome<T>>,
	refused?: (outcome: Extract<Outcome<T>, { ok: false }>) => boolean,
): Promise<T | null> {
	const outcome = await shown(controls, what, false, work);
	if (outcome.ok) return outcome.value;
	if (refused?.(outcome)) return null;
	controls.say(refusalMessage(outcome.refusal));
	return null;
}

/** Gets what a card is made of: a key that is typed ahead of the card is told so. */
export async function forCard<T>(
	controls: Controls,
	what: string,
	work: Promise<Outcome<T>>,
): Promise<T | null> {
	const outcome = await shown(controls, what, true, work);
	if (outcome.ok) return outcome.value;
	controls.say(refusalMessage(outcome.refusal));
	return null;
}

async function shown<T>(
	{ change }: Controls,
	what: string,
	card: boolean,
	work: Promise<T>,
): Promise<T> {
	change({ kind: 'busy', what, card, begins: true });
	const outcome = await work;
	change({ kind: 'busy', what, card, begins: false });
	return outcome;
}

export function done(
	controls: Controls,
	text: string,
	allow: string | null = null,
): void {
	controls.say({ text, allow, tone: 'good' });
}

/** Something worth a word, neither good nor bad. */
export function remark(
	controls: Controls,
	text: string,
	allow: string | null = null,
): void {
	controls.say({ text, allow, tone: 'plain' });
}

/** The agent that a key is about. */
export function focusedIn(controls: Controls): Agent | null {
	return agentAimedAt(controls.state, controls.view);
}

export function openNow(controls: Controls, dialog: Dialog): void {
	controls.change({ kind: 'dialog', dialog });
}

/** Opens what was asked for a moment ago, unless the user has gone elsewhere meanwhile. */
export function openLate(controls: Controls, asked: View, dialog: Dialog): void {
	const { view } = controls;
	const same =
		view.mode === asked.mode &&
		view.focus === asked.focus &&
		view.dialog?.kind === asked.dialog?.kind;
	if (same) controls.change({ kind: 'dialog', dialog });
}
