// The TUI without its chrome: mirror, view, panes and keyboard as one thing. Whatever draws the chrome
// reads `picture` when `onBeat` says so.
import type { WeirEvent } from '../domain/event.ts';
import type { AgentId } from '../domain/ids.ts';
import type { TrialWish } from '../domain/trial.ts';
import { Lifetime } from '../lib/lifetime.ts';
import type { TerminalColours } from '../protocol/holder.ts';
import type { Controls } from './actions/controls.ts';
import { renewMerge } from './actions/landing-actions.ts';
import { ageOf } from './chrome/age.ts';
import { Calls } from './chrome/calls.ts';
import { afterEvent, afterKey, checklistOf } from './chrome/checklist.ts';
import { isLinePrompt, promptCursor } from './chrome/line-prompt.ts';
import { lostAgents } from './chrome/lost-agents.ts';
import { callNews, newsOf } from './chrome/news.ts';
import { Clipboard } from './copying/clipboard.ts';
import { CopyMode } from './copying/copy-mode.ts';
import { Keyboard } from './keys/keyboard.ts';
import type { Keymap } from './keys/keymap.ts';
import type { LeaderTest } from './keys/leader-test.ts';
import type { KeysNews } from './keys/own-keys.ts';
import { keep, recall, sameKept } from './layouts/remembered-view.ts';
import type { SavedLayouts } from './layouts/saved-layouts.ts';
import type { ViewMemory } from './layouts/view-memory.ts';
import { faintRoles, faintSaid, readableContrast } from './look/faint-roles.ts';
import type { Glyphs } from './look/glyphs.ts';
import type { OwnThemes } from './look/own-themes.ts';
import { Pulse } from './look/pulse.ts';
import type { Background } from './look/theme.ts';
import { allThemes, type OwnTheme, type ThemeChoice } from './look/theme-choice.ts';
import { type Mirror, observationOf } from './mirror.ts';
import type { Painter } from './paint/painter.ts';
import { drawPicture, type Picture } from './paint/picture.ts';
import { PaneFocus } from './panes/pane-focus.ts';
import { Panes, type WantedPane } from './panes/panes.ts';
import { titleSpinners } from './panes/title-spinner.ts';
import { type KeyboardTraits, OuterModes } from './terminal/outer-modes.ts';
import type { TerminalReply } from './terminal/terminal-replies.ts';
import { initialView, shownAgents, type View } from './view.ts';
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
	readonly keyboard: () => KeyboardTraits;
	/** The terminal's colours; null where it does not tell them. */
	readonly colours: () => TerminalColours | null;
	readonly lend: Controls['lend'];
	readonly onLeave: (code: number) => void;
	readonly clock?: () => number;
}

const agesMs = 10_000;

export class Cockpit implements AsyncDisposable {
	readonly pulse = new Pulse();
	readonly keyboard: Keyboard;
	readonly #copy = new CopyMode({
		onState: (copy) => this.#change({ kind: 'copy', copy }),
		onGone: () => this.#change({ kind: 'mode', mode: 'nav' }),
	});
	readonly panes: Panes;
	readonly #options: CockpitOptions;
	readonly #lifetime = new Lifetime();
	readonly #controls: Controls;
	readonly #outer: OuterModes;
	readonly #paneFocus: PaneFocus;
	#view: View;
	#picture: Picture | undefined;
	#order = '';
	#placed = '';
	#themeSet: string;
	readonly #calls: Calls;
	/** Where panes were scrolled up to when this client was left. */
	readonly #tops: Map<string, number>;
	#callSaid: View['message'] = null;

	constructor(options: CockpitOptions) {
		this.#options = options;
		const { painter, mirror, checklist, keymap, theme, onReply } = options;
		this.#themeSet = theme.name;
		this.#calls = new Calls(mirror.now);
		const { columns, rows } = painter.compositor;
		const { settings } = mirror.now.state;
		const first: View = {
			...initialView({ columns, rows }, this.#now()),
			layout: settings.layout,
			mouse: settings.mouse,
			checklist: checklistOf(checklist),
			keymap,
			theme,
		};
		const kept = options.memory?.read() ?? null;
		this.#tops = new Map(Object.entries(kept?.scrolled ?? {}));
		const agents = shownAgents(mirror.now.state);
		this.#view = recall(first, kept, settings.layout, agents);
		this.panes = this.#lifetime.add(
			new Panes({
				painter,
				colours: options.colours,
				locate: (agent) => this.#locate(agent),
				onChange: (agent) => this.#panesChanged(agent),
				onTypingFailed: (agent, why) => {
					const name = mirror.now.state.agents[agent]?.name ?? '';
					this.#say(`${name}: ${why}`, 'bad');
				},
			}),
		);
		this.#outer = new OuterModes(
			options.keyboard,
			this.#view.mouse ? 'drag' : 'off',
			(sequence) => painter.send(sequence),
		);
		this.#paneFocus = new PaneFocus(
			(agent) => this.panes.of(agent)?.modes ?? 0,
			(agent, report) => this.panes.tell(agent, report),
		);
		this.#controls = this.#makeControls();
		this.keyboard = this.#lifetime.add(
			new Keyboard({
				controls: this.#controls,
				after: (milliseconds, run) => this.#lifetime.timer(milliseconds, run),
				clock: () => performance.now(),
				onReply,
				onFocus: (focused) => this.#paneFocus.outside(focused),
				outerFlags: () => this.#outer.kittyFlags,
				onUnbound: (key) => options.leaderTest?.heard(key, this.#view.keymap) ?? false,
				onRun: (row) => this.#tickOff(afterKey(this.#view.checklist, row.action)),
			}),
		);
		this.#lifetime.add(this.pulse);
		this.#listen();
		this.#agentsChanged();
		this.#tellLost();
		options.leaderTest?.begin({
			show: (ask) => this.#change({ kind: 'leader-ask', ask }),
			say: (message) => this.#change({ kind: 'message', message }),
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

	/** Other keys from now on, and what is to be said about them. */
	takeKeys({ keymap, message }: KeysNews): void {
		this.#change({ kind: 'keymap', keymap });
		if (message) this.#change({ kind: 'message', message });
	}

	/** Other themes of the user's to choose from, and what is wrong with one. */
	takeThemes({ own, fault }: OwnThemes): void {
		const { name, background, own: before } = this.#view.theme;
		this.#change({ kind: 'theme', theme: { own } });
		const missing = !allThemes({ own }).includes(name);
		const why =
			fault ?? (missing ? `there is no theme ${name}; auto is shown instead` : null);
		if (why !== null)
			this.#change({
				kind: 'message',
				message: { text: why, allow: '{theme.pick} shows all themes', tone: 'bad' },
			});
		// Whoever lives with it was told when it was written.
		else if (own !== before && own[name]) this.#sayFaint(own[name], background);
	}

	#sayFaint(theme: OwnTheme, background: Background): void {
		const faint = faintSaid(faintRoles(theme, background));
		if (faint === '') return;
		const text = `hard to read on a ${background} background: ${faint}`;
		const allow = `${readableContrast} to 1 reads well`;
		this.#change({ kind: 'message', message: { text, allow, tone: 'plain' } });
	}

	/** The terminal turned dark or light. */
	takeBackground(background: Background): void {
		if (background !== this.#view.theme.background)
			this.#change({ kind: 'theme', theme: { background } });
	}

	/** The terminal told what it can do only now that all is drawn. */
	takeTraits(): void {
		this.panes.tellColours();
		this.#arrange(false);
	}

	resize(columns: number, rows: number): void {
		this.#placed = '';
		this.#change({ kind: 'resize', columns, rows });
	}

	/** The terminal was taken over anew: its modes are those of the start. */
	retaken(): void {
		this.#outer.forget();
		this.#arrange(false);
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.#lifetime.close();
	}

	#listen(): void {
		const { mirror } = this.#options;
		const { onChange, onEvents, onLink } = mirror;
		this.#lifetime.add(onChange.on(() => this.#agentsChanged()));
		this.#lifetime.add(onEvents.on((events) => events.forEach((one) => this.#tell(one))));
		this.#lifetime.add(
			onLink.on(({ live, why }) => {
				if (live) this.#welcomeBack();
				else this.#say(why ?? 'the supervisor is gone; agents go on', 'bad');
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
		this.#keep(before);
		const background = change.kind === 'tick' || change.kind === 'scrolled';
		this.#arrange(!background && change.kind !== 'agents');
	}

	#agentsChanged(): void {
		this.#followTheme();
		const agents = shownAgents(this.#options.mirror.now.state);
		const kept = new Set(agents.map(({ id }) => id));
		this.panes.forget(kept);
		for (const { id } of agents) this.panes.retry(id);
		this.#change({ kind: 'agents', agents });
		this.#hearCalls();
		void renewMerge(this.#controls);
		// Another set of panes moves all tiles: frames and panes change together.
		const order = agents.map(({ id }) => id).join();
		const moved = order !== this.#order;
		this.#order = order;
		this.#arrange(moved);
	}

	/** What a program calls out never takes the place of another message. */
	#hearCalls(): void {
		const { now } = this.#options.mirror;
		for (const { agent, call } of this.#calls.news(now)) {
			const known = this.#view.calls[agent.id];
			this.#change({ kind: 'call', agent: agent.id, call });
			const message = callNews(agent, call, now.state, this.#view.focus);
			const free = this.#view.message === null || this.#view.message === this.#callSaid;
			// Who rings on and on is said once.
			if (!message || !free || (known && known.text === call.text)) continue;
			this.#callSaid = message;
			this.#change({ kind: 'message', message });
		}
	}

	/** The setting counts when it changes; until then what was chosen by key does. */
	#followTheme(): void {
		const { theme } = this.#options.mirror.now.state.settings;
		if (theme === this.#themeSet) return;
		this.#themeSet = theme;
		this.#change({ kind: 'theme', theme: { name: theme } });
	}

	#panesChanged(agent: AgentId): void {
		const pane = this.panes.of(agent);
		const top = this.#tops.get(agent);
		if (top !== undefined && pane?.shown) {
			this.#tops.delete(agent);
			pane.lookAt(top);
		}
		this.#arrange(false);
	}

	/** Places the panes; the chrome follows at its next beat. */
	#arrange(urgent: boolean): void {
		this.#picture = undefined;
		const { painter, mirror } = this.#options;
		const { arrangement, card, live } = this.picture;
		const { state } = mirror.now;
		const wanted = arrangement.tiles.flatMap(({ pane, inner }): WantedPane[] => {
			const agent = state.agents[pane];
			if (!agent || agent.generation === 0) return [];
			const starting = agent.life.kind === 'preparing';
			return [{ agent: pane, generation: agent.generation, starting, inner }];
		});
		this.panes.show(wanted);
		const { compositor } = painter;
		const places = arrangement.tiles.flatMap(({ pane, inner }) => {
			const shown = this.panes.of(pane);
			return shown && pane in live ? [{ ...inner, pane: shown.number }] : [];
		});
		const dialogs = card ? [card.area] : [];
		// Placing anew composes the whole screen, and most changes move nothing.
		const placed = JSON.stringify([places, dialogs]);
		if (placed !== this.#placed) compositor.arrange(places, dialogs);
		this.#placed = placed;
		const { focus, mode, dialog } = this.#view;
		const inside = mode !== 'nav' && dialog === null && focus !== null;
		const entered = inside ? this.panes.of(focus) : undefined;
		const typing = mode === 'type' && inside;
		compositor.focus(entered?.number ?? null);
		this.#outer.follow((typing && entered) || null, this.#view.mouse);
		this.#paneFocus.follow(typing ? focus : null);
		const prompt = dialog && isLinePrompt(dialog) ? promptCursor(dialog) : null;
		const { x, y } = arrangement.message;
		const written = prompt === null ? card?.cursor : { x: x + prompt, y };
		compositor.spinners(titleSpinners(this.picture, this.#options.glyphs));
		compositor.textCursor(written ? { ...written, shape: 6 } : null);
		painter.changed();
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

	#locate(agent: AgentId) {
		const { mirror } = this.#options;
		const name = mirror.now.state.agents[agent]?.name ?? agent;
		return mirror.ask('pane', { pane: name }, 10_000);
	}

	#keep(before: View): void {
		const { memory, mirror } = this.#options;
		if (!memory || sameKept(before, this.#view)) return;
		const kept = keep(this.#view, mirror.now.state.settings.layout);
		// Panes that have not been shown yet stay where they were.
		const scrolled = { ...Object.fromEntries(this.#tops), ...kept.scrolled };
		memory.keep({ ...kept, scrolled });
	}

	/** Draws anew where an agent's age reads differently by now. */
	#tick(): void {
		const now = this.#now();
		const agents = shownAgents(this.#options.mirror.now.state);
		const older = agents.some(
			({ report }) => ageOf(report.since, now) !== ageOf(report.since, this.#view.now),
		);
		if (older) this.#change({ kind: 'tick', now });
	}

	#tell(event: WeirEvent): void {
		this.#tickOff(afterEvent(this.#view.checklist, event));
		const news = newsOf(event, this.#options.mirror.now.state, this.#view.focus);
		if (news) this.#change({ kind: 'message', message: news });
	}

	#tellLost(): void {
		const message = lostAgents(this.#options.mirror.now.state);
		if (message) this.#change({ kind: 'message', message });
	}

	#welcomeBack(): void {
		const lost = lostAgents(this.#options.mirror.now.state);
		if (lost) this.#tellLost();
		else this.#say('the supervisor is back; nothing was lost', 'good');
	}

	#say(text: string, tone: 'good' | 'bad'): void {
		this.#change({ kind: 'message', message: { text, allow: null, tone } });
	}

	#now(): number {
		return (this.#options.clock ?? Date.now)();
	}

	#makeControls(): Controls {
		const { mirror, painter, environment, savedLayouts, onLeave } = this.#options;
		const view = () => this.#view;
		const arrangement = () => this.picture.arrangement;
		return {
			environment,
			savedLayouts,
			get view() {
				return view();
			},
			get state() {
				return mirror.now.state;
			},
			get arrangement() {
				return arrangement();
			},
			observed: (agent) => observationOf(mirror.now, agent),
			change: (change) => this.#change(change),
			say: (message) => this.#change({ kind: 'message', message }),
			ask: (operation, body) => mirror.ask(operation, body),
			run: (row) => this.keyboard.run(row),
			pane: (agent) => this.panes.of(agent),
			type: (agent, bytes) => this.panes.type(agent, bytes),
			copy: this.#copy,
			lend: this.#options.lend,
			clipboard: new Clipboard({
				environment,
				send: (control) => painter.send(control),
			}),
			redraw: () => painter.repaint(),
			leave: onLeave,
		};
	}

	/** Ticks off what the demo asked to try. */
	#tickOff(checklist: View['checklist']): void {
		if (checklist !== this.#view.checklist)
			this.#change({ kind: 'checklist', checklist });
	}
}
