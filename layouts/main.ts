// The TUI's composition root: takes the terminal over, shows the panes, loads the chrome, and gives the
// terminal back on every way out.

import { writeSync } from 'node:fs';
import type { TuiOptions } from '../src/cli/verb.ts';
import { findAgent } from '../src/domain/find-agent.ts';
import { Lifetime } from '../src/lib/lifetime.ts';
import type { Outcome } from '../src/lib/outcome.ts';
import { terminalHere } from '../src/lib/terminal-fitness.ts';
import { keepYoungHeapSmall } from '../src/lib/young-heap.ts';
import { Chrome, loadWithColours } from '../src/tui/chrome/chrome.ts';
import { Cockpit } from '../src/tui/cockpit.ts';
import { escapeTime, Input, isFarewell, KeyMode } from '../src/tui/input/input.ts';
import type { Keymap } from '../src/tui/keys/keymap.ts';
import { inputMethodOf } from '../src/tui/keys/leader-ask.ts';
import {
	chooseLeader,
	leaderTried,
	rememberLeader,
} from '../src/tui/keys/leader-choice.ts';
import { LeaderTest } from '../src/tui/keys/leader-test.ts';
import { OwnKeys } from '../src/tui/keys/own-keys.ts';
import { SavedLayouts } from '../src/tui/layouts/saved-layouts.ts';
import { ViewMemory } from '../src/tui/layouts/view-memory.ts';
import { runLines } from '../src/tui/lines/line-mode.ts';
import { glyphsFor } from '../src/tui/look/glyphs.ts';
import { ThemeReader } from '../src/tui/look/own-themes.ts';
import { type Background, backgroundOf } from '../src/tui/look/theme.ts';
import type { Mirror } from '../src/tui/mirror.ts';
import { mirrorFor } from '../src/tui/open-mirror.ts';
import { Painter } from '../src/tui/paint/painter.ts';
import { lendTerminal } from '../src/tui/terminal/lend-terminal.ts';
import { schemeSequence } from '../src/tui/terminal/terminal-modes.ts';
import {
	answerTime,
	coloursOf,
	coloursSequence,
	emitOptions,
	probeSequence,
	TerminalProbe,
	type TerminalTraits,
} from '../src/tui/terminal/terminal-probe.ts';
import type { TerminalReply } from '../src/tui/terminal/terminal-replies.ts';
import { TerminalSession } from '../src/tui/terminal/terminal-session.ts';

const refused = 3;
const firstRowsMs = 100;

/** Runs until the user leaves; answers the exit code. The terminal is as it was by then. */
export async function runTui(options: TuiOptions): Promise<number> {
	if (options.appearance.lines) return runLines(options);
	keepYoungHeapSmall();
	const unfit = terminalHere();
	if (!unfit.ok) return complain(unfit);
	await using lifetime = new Lifetime();
	const mirror = mirrorFor(options);
	lifetime.add(mirror);
	const opened = await mirror.open();
	if (!opened.ok) return complain(opened);
	const target = options.attachTo;
	const found = target === null ? null : findAgent(mirror.now.state.agents, target);
	if (found && !found.ok) return complain(found);
	return await show(options, mirror, lifetime, found ? found.value.id : null);
}

type Attached = Parameters<Cockpit['attachTo']>[0] | null;

async function show(
	options: TuiOptions,
	mirror: Mirror,
	lifetime: Lifetime,
	attached: Attached,
): Promise<number> {
	const { environment, appearance } = options;
	const { settings } = mirror.now.state;
	const still = appearance.still || settings.reducedMotion;
	let leave: (code: number) => void = () => undefined;
	const left = new Promise<number>((settle) => {
		leave = settle;
	});
	const probe = lifetime.add(new TerminalProbe(answerTime(environment)));
	let last = '';
	let cockpit: Cockpit | undefined;
	let chrome: Chrome | undefined;
	let painter: Painter | undefined;
	let scheme: Background | null = null;
	const onReply = (reply: TerminalReply) => {
		probe.take(reply);
		if (reply.kind === 'scheme') {
			cockpit?.takeBackground(reply.background);
			// Some tell it whenever they are set to: asking each time would go on for ever.
			if (reply.background !== scheme) painter?.send(coloursSequence);
			scheme = reply.background;
		}
		// An answer that came after all was drawn.
		else if (reply.kind === 'colour' && reply.of === 'background')
			cockpit?.takeBackground(backgroundOf(reply.rgb, environment));
		else if (reply.kind === 'attributes' && cockpit) {
			if (probe.traits.tellsScheme) painter?.send(schemeSequence);
			cockpit.takeTraits();
		}
	};
	// Keys typed before there is anything to see are dropped.
	const early = new KeyMode((event) => {
		if (event.kind === 'reply') onReply(event.reply);
	});
	const input = lifetime.add(
		new Input({
			escapeTimeMs: () =>
				escapeTime(cockpit?.view.keymap.escapeTime ?? 'auto', environment),
			mode: () => cockpit?.keyboard.mode ?? early,
		}),
	);
	const session = lifetime.add(
		new TerminalSession({
			input: process.stdin,
			output: process.stdout,
			mouse: settings.mouse ? 'drag' : 'off',
			onInput: (bytes) => {
				if (!isFarewell(bytes)) cockpit?.panes.used();
				input.feed(bytes);
			},
			onResize: ({ columns, rows }) => {
				painter?.resize(columns, rows);
				cockpit?.resize(columns, rows);
				chrome?.resize(columns, rows);
			},
			onContinue: () => retake(),
			onSignal: (signal) => leave(signal === 'SIGINT' ? 130 : 128 + 15),
		}),
	);
	// What was asked of the terminal is asked anew where others have had it.
	const retake = () => {
		if (probe.traits.tellsScheme) painter?.send(schemeSequence);
		painter?.repaint();
		cockpit?.retaken();
	};
	writeSync(session.fd, probeSequence);
	const ownKeys = new OwnKeys(mirror.now.repository?.root ?? null, environment);
	const ownThemes = new ThemeReader(environment);
	const [keys, themes] = await Promise.all([
		ownKeys.read(),
		ownThemes.read(),
		probe.done,
	]);
	const { traits } = probe;
	const terminal = emitOptions(traits, environment, { ...appearance, still });
	const glyphs = glyphsFor({
		ascii: appearance.ascii,
		ambiguousWide: traits.ambiguousWide,
		env: environment,
	});
	painter = lifetime.add(
		new Painter({
			fd: session.fd,
			...session.size,
			terminal,
			motion: !still,
			onLost: (pane) => cockpit?.panes.lost(pane),
			onGone: () => leave(1),
		}),
	);
	const drawn = painter;
	if (traits.tellsScheme) drawn.send(schemeSequence);
	// Who looks at one agent for a moment leaves the view of the others as it was.
	const memory =
		attached === null ? lifetime.add(new ViewMemory(options.commonDir)) : null;
	cockpit = lifetime.add(
		new Cockpit({
			mirror,
			painter,
			glyphs,
			environment: withBackground(definedOnly(environment), traits.background),
			checklist: options.checklist ?? [],
			memory,
			savedLayouts: new SavedLayouts(environment),
			keymap: keys.keymap,
			leaderTest: leaderTestOf(options, keys.keymap),
			theme: {
				name: settings.theme,
				own: themes.own,
				background: backgroundOf(traits.background, environment),
				depth: terminal.depth,
			},
			onReply,
			keyboard: () => probe.traits,
			colours: () => coloursOf(probe.traits),
			lend: async (argv) => {
				const lent = await lendTerminal(session, drawn, { argv, environment });
				retake();
				return lent;
			},
			onLeave: (code) => leave(code),
		}),
	);
	cockpit.takeThemes(themes);
	if (keys.message) cockpit.takeKeys(keys);
	if (attached !== null) cockpit.attachTo(attached);
	// What is loaded next holds the process for a moment: the panes come first.
	await cockpit.panes.firstRows(firstRowsMs);
	painter.paintNow();
	const { mountRoot } = await loadWithColours(() => import('./mount.tsx'));
	const source = cockpit;
	chrome = lifetime.add(
		new Chrome({
			grid: painter.compositor.chrome,
			mount: (how) => mountRoot(source, glyphs, how),
			onChange: (rows) => {
				drawn.compositor.chromeChanged(rows);
				drawn.changed();
			},
		}),
	);
	void ownKeys.tellClash((news) => source.takeKeys(news));
	const { watchFiles } = await import('../src/guard/watch-files.ts');
	lifetime.add(
		watchFiles(ownKeys.paths, () => ownKeys.readAgain((news) => source.takeKeys(news))),
	);
	lifetime.add(
		watchFiles([ownThemes.folder], () =>
			ownThemes.readAgain((read) => source.takeThemes(read)),
		),
	);
	lifetime.add(
		mirror.onEnd.on(() => {
			last = 'weir: the supervisor was stopped; weir starts it again\n';
			leave(0);
		}),
	);
	const code = await left;
	// First of all the terminal: what is closed after it may take a moment.
	session.close();
	process.stderr.write(last);
	return code;
}

/** A demo lasts a moment and has its own list; whoever chose a leader knows it. */
function leaderTestOf(
	{ environment, checklist }: TuiOptions,
	{ leaderFrom }: Keymap,
): LeaderTest | null {
	if (checklist !== null || leaderFrom !== null || leaderTried(environment)) return null;
	return new LeaderTest({
		inputMethod: inputMethodOf(environment),
		onPassed: (key) => void rememberLeader(environment, key),
		choose: (key) => chooseLeader(environment, key),
	});
}

function complain(outcome: Extract<Outcome<unknown>, { ok: false }>): number {
	const { message, allow } = outcome.refusal;
	process.stderr.write(`weir: ${message}\n${allow === undefined ? '' : `  ${allow}\n`}`);
	return refused;
}

/** What a program may go by before it asks its terminal, as the terminal says it. */
function withBackground(
	environment: Readonly<Record<string, string>>,
	background: TerminalTraits['background'],
): Readonly<Record<string, string>> {
	if (!background) return environment;
	const light = backgroundOf(background, {}) === 'light';
	return { ...environment, COLORFGBG: light ? '0;15' : '15;0' };
}

function definedOnly(environment: TuiOptions['environment']): Record<string, string> {
	const entries = Object.entries(environment);
	return Object.fromEntries(
		entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
	);
}
