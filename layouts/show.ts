// The TUI's composition root: shows the panes on a terminal that was taken over, then loads the chrome.

import type { TuiOptions } from '../src/cli/verb.ts';
import { findAgent } from '../src/domain/find-agent.ts';
import { definedOnly } from '../src/lib/environment.ts';
import type { Lifetime } from '../src/lib/lifetime.ts';
import { type Outcome, ok } from '../src/lib/outcome.ts';
import { collectGarbage, Tidying } from '../src/lib/tidying.ts';
import { Chrome } from '../src/tui/chrome/chrome.ts';
import { backdropOf, type ChromePart, partsOf } from '../src/tui/chrome/chrome-parts.ts';
import { Cockpit } from '../src/tui/cockpit.ts';
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
import { glyphsFor } from '../src/tui/look/glyphs.ts';
import { ThemeReader } from '../src/tui/look/own-themes.ts';
import { backgroundOf } from '../src/tui/look/theme.ts';
import type { Mirror } from '../src/tui/mirror.ts';
import { Painter } from '../src/tui/paint/painter.ts';
import { Switchboard } from '../src/tui/switchboard.ts';
import { endedWell, lendTerminal } from '../src/tui/terminal/lend-terminal.ts';
import type { OuterTerminal } from '../src/tui/terminal/outer-terminal.ts';
import {
	coloursOf,
	emitOptions,
	type TerminalTraits,
} from '../src/tui/terminal/terminal-probe.ts';

const firstRowsMs = 100;
/** What a drawing of the chrome leaves behind is about as much as a frame of so many bytes does. */
const chromeBytes = 64 * 1024;

/** How the TUI was left. */
interface Left {
	readonly code: number;
	/** To be said on the terminal once it is given back. */
	readonly last: string;
}

/** Until the user leaves. Refused where the agent that was to be shown is not there. */
export async function show(
	options: TuiOptions,
	mirror: Mirror,
	outer: OuterTerminal,
	lifetime: Lifetime,
): Promise<Outcome<Left>> {
	const { environment, appearance, attachTo } = options;
	const { settings, agents } = mirror.now.state;
	const found = attachTo === null ? null : findAgent(agents, attachTo);
	if (found && !found.ok) return found;
	const ownKeys = new OwnKeys(mirror.now.repository?.root ?? null, environment);
	const ownThemes = new ThemeReader(environment);
	const [keys, themes, traits] = await Promise.all([
		ownKeys.read(),
		ownThemes.read(),
		outer.probe.done,
	]);
	const still = appearance.still || settings.reducedMotion;
	const terminal = emitOptions(traits, environment, { ...appearance, still });
	const glyphs = glyphsFor({
		ascii: appearance.ascii,
		ambiguousWide: traits.ambiguousWide,
		env: environment,
	});
	const { session } = outer;
	const tidying = lifetime.add(new Tidying(collectGarbage));
	const painter = lifetime.add(
		new Painter({
			fd: session.fd,
			...session.size,
			terminal,
			motion: !still,
			onPainted: (bytes) => tidying.note(bytes),
			onLost: (pane) => cockpit.panes.lost(pane),
			onGone: () => outer.leave(1),
		}),
	);
	// Who looks at one agent for a moment leaves the view of the others as it was.
	const memory = found ? null : lifetime.add(new ViewMemory(options.commonDir));
	const cockpit: Cockpit = lifetime.add(
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
			onReply: (reply) => outer.take(reply),
			keyboard: () => outer.probe.traits,
			colours: () => coloursOf(outer.probe.traits),
			lend: async (argv) => endedWell(argv, await lendTo(argv, false)),
			lendToRead: async (argv) => {
				const lent = await lendTo(argv, true);
				return lent.ok ? ok(lent.value.output) : lent;
			},
			onLeave: outer.leave,
		}),
	);
	const lendTo = async (argv: readonly string[], reads: boolean) => {
		const lent = await lendTerminal(session, painter, { argv, environment, reads });
		switchboard.retaken();
		return lent;
	};
	const switchboard = new Switchboard({
		painter,
		cockpit,
		probe: outer.probe,
		environment,
	});
	outer.serve(switchboard);
	cockpit.own.takeFiles(keys, themes);
	if (found) cockpit.attachTo(found.value.id);
	// What is loaded next holds the process for a moment: the panes come first.
	await cockpit.panes.firstRows(firstRowsMs);
	painter.paintNow();
	const { mountRoot } = await import('./mount.tsx');
	const chrome = lifetime.add(
		new Chrome<ChromePart>({
			grid: painter.compositor.chrome,
			mount: (first, how) => mountRoot(first, glyphs, how),
			onChange: (rows) => {
				tidying.note(chromeBytes);
				painter.compositor.chromeChanged(rows);
				painter.release();
				painter.changed();
			},
		}),
	);
	const draw = () => {
		const { picture } = cockpit;
		chrome.show(partsOf(picture), backdropOf(picture, glyphs));
	};
	lifetime.add(cockpit.pulse.onBeat.on(draw));
	draw();
	switchboard.dress(chrome);
	void cockpit.own.tellFaults();
	void cockpit.lookAround();
	void ownKeys.tellClash((news) => cockpit.own.takeKeys(news));
	const { watchFiles } = await import('../src/guard/watch-files.ts');
	lifetime.add(
		watchFiles(ownKeys.paths, () =>
			ownKeys.readAgain((news) => cockpit.own.takeKeys(news)),
		),
	);
	lifetime.add(
		watchFiles([ownThemes.folder], () =>
			ownThemes.readAgain((read) => cockpit.own.takeThemes(read)),
		),
	);
	// A new version may have taken their place by the time they are needed.
	await Promise.all([import('../src/client/start.ts'), import('../src/lib/yaml.ts')]);
	let last = '';
	lifetime.add(
		mirror.onEnd.on(() => {
			last = 'weir: the supervisor was stopped; weir starts it again\n';
			outer.leave(0);
		}),
	);
	return ok({ code: await outer.left, last });
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

/** What a program may go by before it asks its terminal, as the terminal says it. */
function withBackground(
	environment: Readonly<Record<string, string>>,
	background: TerminalTraits['background'],
): Readonly<Record<string, string>> {
	if (!background) return environment;
	const light = backgroundOf(background, {}) === 'light';
	return { ...environment, COLORFGBG: light ? '0;15' : '15;0' };
}
