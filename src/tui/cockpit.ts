// The TUI without its chrome: mirror, view, panes and keyboard as one thing. Whatever draws the chrome
// reads `picture` when `onBeat` says so.

import { alarmsIn } from '../domain/alarm/alarms.ts';
import type { AwayLine } from '../domain/away.ts';
import type { WeirEvent } from '../domain/event.ts';
import type { AgentId } from '../domain/ids.ts';
import type { TrialWish } from '../domain/trial.ts';
import { Lifetime } from '../lib/lifetime.ts';
import type { TerminalColours } from '../protocol/holder.ts';
import type { Controls } from './actions/controls.ts';
import {
	answerDelivered,
	answerRefused,
	closeOverGone,
} from './actions/inbox-actions.ts';
import { renewMerge } from './actions/landing-actions.ts';
import { readsOtherwise } from './ageing.ts';
import { Away } from './away.ts';
import { lookAround } from './cards/new-agent.ts';
import { Announcer } from './chrome/announcer.ts';
import { afterEvent, afterKey, checklistOf } from './chrome/checklist.ts';
import { makeControls } from './cockpit-controls.ts';
import { CopyMode } from './copying/copy-mode.ts';
import { GatesKeeper } from './gates/gates-keeper.ts';
import { printedLines } from './gates/printed-lines.ts';
import { Answers } from './inbox/answers.ts';
import { InboxKeeper } from './inbox/inbox-keeper.ts';
import { Keyboard } from './keys/keyboard.ts';
import type { Keymap } from './keys/keymap.ts';
import type { LeaderTest } from './keys/leader-test.ts';
import type { SavedLayouts } from './layouts/saved-layouts.ts';
import { ViewKeeper } from './layouts/view-keeper.ts';
import type { ViewMemory } from './layouts/view-memory.ts';
import type { Glyphs } from './look/glyphs.ts';
import { Pulse } from './look/pulse.ts';
import type { ThemeChoice } from './look/theme-choice.ts';
import { Looks } from './looks.ts';
import type { Mirror } from './mirror.ts';
import { OwnSettings } from './own-settings.ts';
import type { Painter } from './paint/painter.ts';
import { drawPicture, type Picture } from './paint/picture.ts';
import { Panes } from './panes/panes.ts';
import { Presence } from './presence.ts';
import { Projector } from './projector.ts';
import { QueueKeeper } from './queue/queue-keeper.ts';
import { DraftKeeper } from './review/draft-keeper.ts';
import { ReviewKeeper } from './review/review-keeper.ts';
import { coloursOf, textsOf } from './syntax/hunk-colours.ts';
import { Syntax } from './syntax/syntax.ts';
import { Notifier } from './terminal/notifier.ts';
import type { TerminalTraits } from './terminal/terminal-probe.ts';
import type { TerminalReply } from './terminal/terminal-replies.ts';
import { initialView, type Message, shownAgents, type View } from './view.ts';
import { changeView, type ViewChange } from './view-change.ts';

export interface CockpitOptions {
	readonly mirror: Mirror;
	readonly painter: Painter;
	readonly glyphs: Glyphs;
	readonly environment: Readonly<Record<string, string>>;
	readonly checklist: readonly TrialWish[];
	/** Where the view is kept; null where it is not. */
	readonly memory: ViewMemory | null;
	readonly savedLayouts: SavedLayouts;
	readonly keymap: Keymap;
	/** Asked for on the first run only. */
	readonly leaderTest: LeaderTest | null;
	readonly theme: ThemeChoice;
	readonly onReply: (reply: TerminalReply) => void;
	/** As far as the terminal has told it. */
	readonly keyboard: () => TerminalTraits;
	/** The terminal's colours; null where it does not tell them. */
	readonly colours: () => TerminalColours | null;
	readonly lend: Controls['lend'];
	readonly lendToRead: Controls['lendToRead'];
	readonly onLeave: (code: number) => void;
}

const agesMs = 10_000;
/** What is only looked at is not waited for longer. */
const askedMs = 10_000;
/** Of what a gate printed; more lines fit no screen. */
const printedRead = 100;
/** All files of a large worktree may have to be read. */
const readMs = 60_000;

export class Cockpit implements AsyncDisposable {
	readonly pulse = new Pulse();
	readonly own: OwnSettings;
	readonly keyboard: Keyboard;
	readonly #copy = new CopyMode({
		onState: (copy) => this.#change({ kind: 'copy', copy }),
		onGone: () => this.#change({ kind: 'mode', mode: 'nav' }),
	});
	readonly panes: Panes;
	readonly #options: CockpitOptions;
	readonly #lifetime = new Lifetime();
	readonly #controls: Controls;
	readonly #projector: Projector;
	readonly #announcer: Announcer;
	readonly #answers: Answers;
	readonly #inbox: InboxKeeper;
	readonly #gates: GatesKeeper;
	readonly #review: ReviewKeeper;
	readonly #drafts: DraftKeeper;
	readonly #queue: QueueKeeper;
	readonly #keeper: ViewKeeper;
	readonly #presence: Presence;
	readonly #notifier: Notifier;
	readonly #looks: Looks;
	readonly #away = new Away(Date.now);
	/** To be said once nothing else takes the keys. */
	#absence: readonly AwayLine[] = [];
	#view: View;
	#picture: Picture | undefined;
	#order = '';

	constructor(options: CockpitOptions) {
		this.#options = options;
		const { painter, mirror, checklist, keymap, theme, onReply } = options;
		this.own = new OwnSettings(
			{
				mirror,
				view: () => this.#view,
				change: (change) => this.#change(change),
				say: (message) => this.#say(message),
			},
			theme.name,
		);
		this.#announcer = new Announcer({
			mirror,
			view: () => this.#view,
			change: (change) => this.#change(change),
		});
		const { columns, rows } = painter.compositor;
		const { settings } = mirror.now.state;
		const first: View = {
			...initialView({ columns, rows }, Date.now()),
			layout: settings.layout,
			mouse: settings.mouse,
			checklist: checklistOf(checklist),
			keymap,
			theme,
		};
		this.#keeper = new ViewKeeper(options.memory);
		const agents = shownAgents(mirror.now.state);
		this.#view = this.#keeper.recall(first, settings.layout, agents);
		this.panes = this.#lifetime.add(
			new Panes({
				painter,
				colours: options.colours,
				locate: (agent) => this.#locate(agent),
				onChange: (agent) => this.#panesChanged(agent),
				onTypingFailed: (agent, why) => {
					const name = mirror.now.state.agents[agent]?.name ?? '';
					this.#say({ text: `${name}: ${why}`, allow: null, tone: 'bad' });
				},
			}),
		);
		this.#projector = new Projector({
			painter,
			panes: this.panes,
			glyphs: options.glyphs,
			keyboard: options.keyboard,
		});
		this.#presence = new Presence(mirror, () => performance.now());
		this.#looks = new Looks({
			mirror,
			looked: () => this.#looked(),
			lifetime: this.#lifetime,
		});
		this.#notifier = new Notifier({
			mirror,
			traits: options.keyboard,
			environment: options.environment,
			send: (control) => painter.send(control),
		});
		const after = (milliseconds: number, run: () => void) =>
			this.#lifetime.timer(milliseconds, run);
		this.#inbox = new InboxKeeper({
			state: () => mirror.now.state,
			view: () => this.#view,
			change: (change) => this.#change(change),
			after,
			read: async (item) => {
				if (item.agent !== null) return this.#read(item.agent);
				const alarm = alarmsIn(mirror.now.state).find(({ id }) => id === item.id);
				if (!alarm) return [];
				const { branch, gate } = alarm;
				const told = await mirror.ask('base.report', { branch, gate }, askedMs);
				return told.ok ? printedLines(told.value.output).slice(-printedRead) : [];
			},
		});
		this.#gates = new GatesKeeper({
			now: () => mirror.now,
			view: () => this.#view,
			change: (change) => this.#change(change),
			after,
			report: ({ agent, gate }) =>
				mirror.ask('gate.report', { agent: agent.name, gate }, askedMs),
			room: async (cell) => {
				const agent = cell?.agent.name ?? null;
				const told = await mirror.ask('gates', { agent }, askedMs);
				if (!told.ok) return null;
				const { slots, suggested } = told.value;
				return { slots: slots.all, suggested };
			},
		});
		this.#queue = new QueueKeeper({
			now: () => mirror.now,
			view: () => this.#view,
			change: (change) => this.#change(change),
		});
		const syntax = this.#lifetime.add(new Syntax());
		this.#review = new ReviewKeeper({
			now: () => mirror.now,
			view: () => this.#view,
			change: (change) => this.#change(change),
			after,
			review: ({ name }) => mirror.ask('review', { agent: name }, readMs),
			hunks: (file) => {
				const [old, now] = [file.old, file.new].map((side) => side?.object ?? null);
				return mirror.ask('review.hunks', { old: old ?? null, new: now ?? null }, readMs);
			},
			places: ({ name }, { path, old, new: now }) =>
				mirror.ask('review.places', { agent: name, path, old, new: now }, readMs),
			colours: async (path, hunks) => {
				const texts = await syntax.ask(path, textsOf(hunks));
				return texts && coloursOf(hunks, texts);
			},
		});
		this.#drafts = new DraftKeeper({
			state: () => mirror.now.state,
			view: () => this.#view,
			change: (change) => this.#change(change),
			after,
			record: (draft) => mirror.ask('review.begin', draft, askedMs),
		});
		this.#answers = new Answers({
			ask: (body) => mirror.ask('answer', body),
			after,
			onHeld: (held) => this.#change({ kind: 'held', held }),
			onDelivered: (answer) => answerDelivered(this.#controls, answer),
			onRefused: (answer, refusal) => answerRefused(this.#controls, answer, refusal),
		});
		const { environment, savedLayouts, lend, lendToRead, onLeave } = options;
		this.#controls = makeControls({
			...{ mirror, painter, environment, savedLayouts, lend, lendToRead },
			...{ panes: this.panes, lifetime: this.#lifetime },
			...{ copy: this.#copy, inbox: this.#inbox, answers: this.#answers },
			view: () => this.#view,
			arrangement: () => this.picture.arrangement,
			change: (change) => this.#change(change),
			say: (message) => this.#say(message),
			run: (row) => this.keyboard.run(row),
			leave: onLeave,
		});
		this.keyboard = this.#lifetime.add(
			new Keyboard({
				controls: this.#controls,
				after,
				clock: () => performance.now(),
				onReply,
				onFocus: (focused) => {
					this.#projector.outside(focused);
					this.#presence.focus(focused);
					this.#looks.focus(focused);
				},
				outerFlags: () => this.#projector.kittyFlags,
				onUnbound: (key) => options.leaderTest?.heard(key, this.#view.keymap) ?? false,
				onRun: (row) => this.#tickOff(afterKey(this.#view.checklist, row.action)),
			}),
		);
		this.#lifetime.add(this.pulse);
		this.#listen();
		this.#agentsChanged();
		this.#announcer.tellLost();
		options.leaderTest?.begin({
			show: (ask) => this.#change({ kind: 'leader-ask', ask }),
			say: (message) => this.#say(message),
			after: (milliseconds, run) => this.#lifetime.timer(milliseconds, run),
		});
	}

	get picture(): Picture {
		this.#picture ??= this.#draw();
		return this.#picture;
	}

	get view(): View {
		return this.#view;
	}

	/** The look of an agent at the start: alone on the screen. */
	attachTo(agent: AgentId): void {
		this.#change({ kind: 'focus', agent });
		this.#change({ kind: 'zoom', zoom: true });
	}

	/** Something was typed, clicked or pasted. */
	used(): void {
		this.panes.used();
		this.#presence.used();
		this.#looks.used();
		const absence = this.#away.used(this.#options.mirror.now.state);
		if (absence.length > 0) this.#absence = absence;
		// The key that somebody came back with means what it means.
		if (this.#absence.length > 0) this.#lifetime.timer(0, () => this.#tellAbsence());
	}

	/** Once all is drawn: what there is for a first agent, where there is none. */
	async lookAround(): Promise<void> {
		if (shownAgents(this.#options.mirror.now.state).length === 0)
			await lookAround(this.#controls);
	}

	/** The terminal told what it can do only now that all is drawn. */
	takeTraits(): void {
		this.panes.tellColours();
		this.#arrange(false);
	}

	resize(columns: number, rows: number): void {
		this.#projector.resized();
		this.#change({ kind: 'resize', columns, rows });
	}

	/** The terminal was taken over anew: its modes are those of the start. */
	retaken(): void {
		this.#projector.retaken();
		this.#notifier.retaken();
		this.#arrange(false);
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.#lifetime.close();
	}

	#listen(): void {
		const { mirror } = this.#options;
		const { onChange, onEvents, onLink } = mirror;
		this.#presence.begin();
		this.#notifier.titled();
		this.#notifier.reported();
		this.#lifetime.add(mirror.onNotice.on((notice) => this.#notifier.tell(notice)));
		this.#lifetime.add(onChange.on(() => this.#agentsChanged()));
		this.#lifetime.add(onEvents.on((events) => events.forEach((one) => this.#tell(one))));
		this.#lifetime.add(
			onLink.on(({ live, why }) => {
				if (live) {
					this.#presence.begin();
					this.#announcer.supervisorBack();
				} else this.#announcer.supervisorGone(why);
			}),
		);
		this.#lifetime.add(
			this.panes.onScroll.on((agent) => {
				const scrolled = this.panes.of(agent)?.scrolled ?? null;
				this.#change({ kind: 'scrolled', agent, scrolled });
				this.#copy.check();
			}),
		);
		this.#lifetime.interval(agesMs, () => this.#tick());
	}

	#change(change: ViewChange): void {
		const before = this.#view;
		this.#view = changeView(before, change);
		if (this.#view === before) return;
		if (this.#view.mode !== before.mode || this.#view.focus !== before.focus)
			this.keyboard.targetChanged();
		if (before.mode === 'copy' && this.#view.mode !== 'copy') this.#copy.leave();
		this.keyboard.viewChanged();
		this.#gates.changed();
		this.#review.changed();
		this.#drafts.changed();
		this.#queue.changed();
		const { settings } = this.#options.mirror.now.state;
		this.#keeper.changed(before, this.#view, settings.layout);
		const background = change.kind === 'tick' || change.kind === 'scrolled';
		this.#arrange(!background && change.kind !== 'agents');
	}

	#agentsChanged(): void {
		this.own.followTheme();
		const agents = shownAgents(this.#options.mirror.now.state);
		const kept = new Set(agents.map(({ id }) => id));
		this.panes.forget(kept);
		for (const { id } of agents) this.panes.retry(id);
		this.#change({ kind: 'agents', agents });
		this.#notifier.titled();
		this.#notifier.reported();
		this.#announcer.hearCalls();
		this.#announcer.hearRecordings();
		void renewMerge(this.#controls);
		closeOverGone(this.#controls);
		this.#inbox.stateChanged();
		// Another set of panes moves all tiles: frames and panes change together.
		const order = agents.map(({ id }) => id).join();
		const moved = order !== this.#order;
		this.#order = order;
		this.#arrange(moved);
	}

	#panesChanged(agent: AgentId): void {
		const pane = this.panes.of(agent);
		const top = pane?.shown ? this.#keeper.takeTop(agent) : null;
		if (top !== null) pane?.lookAt(top);
		this.#arrange(false);
	}

	/** Places the panes; the chrome follows at its next beat. */
	#arrange(urgent: boolean): void {
		this.#picture = undefined;
		this.#projector.show(this.picture);
		this.pulse.stir(urgent);
	}

	#draw(): Picture {
		const { mirror, glyphs } = this.#options;
		return drawPicture(
			mirror.now,
			this.#view,
			glyphs,
			(agent) => this.panes.of(agent)?.terminal ?? null,
		);
	}

	#tellAbsence(): void {
		const { mode, dialog } = this.#view;
		if (this.#absence.length === 0 || mode !== 'nav' || dialog !== null) return;
		const lines = this.#absence;
		this.#absence = [];
		this.#change({ kind: 'dialog', dialog: { kind: 'away', at: 0, lines } });
	}

	/** The agent whose pane is looked at, where it can be seen. */
	#looked(): AgentId | null {
		const { arrangement, view } = this.picture;
		const { focus } = view;
		return arrangement.tiles.some(({ pane }) => pane === focus) ? focus : null;
	}

	async #read(agent: AgentId): Promise<readonly string[]> {
		const { mirror } = this.#options;
		const name = mirror.now.state.agents[agent]?.name ?? agent;
		const screen = await mirror.ask('screen', { agent: name, ansi: false }, askedMs);
		return screen.ok ? screen.value.lines : [];
	}

	#locate(agent: AgentId) {
		const { mirror } = this.#options;
		const name = mirror.now.state.agents[agent]?.name ?? agent;
		return mirror.ask('pane', { pane: name }, askedMs);
	}

	#tick(): void {
		const now = Date.now();
		// What was put off comes back by the clock.
		this.#notifier.titled();
		this.#notifier.reported();
		if (readsOtherwise(this.#options.mirror.now.state, this.#view.now, now))
			this.#change({ kind: 'tick', now });
		this.#inbox.stateChanged();
	}

	#tell(event: WeirEvent): void {
		this.#tickOff(afterEvent(this.#view.checklist, event));
		this.#away.hear(event);
		this.#announcer.tell(event);
	}

	#say(message: Message | null): void {
		if (message) this.#change({ kind: 'message', message });
	}

	/** Ticks off what the demo asked to try. */
	#tickOff(checklist: View['checklist']): void {
		if (checklist !== this.#view.checklist)
			this.#change({ kind: 'checklist', checklist });
	}
}
