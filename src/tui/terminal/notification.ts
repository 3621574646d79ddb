// A notice as the outer terminal shows it on the desktop. Kitty's OSC 99, urxvt's OSC 777, iTerm2's
// OSC 9; where a terminal knows none of them, its bell.
import type { NoticeWords } from '../../domain/notice.ts';
import type { NotifyWay } from '../../domain/notify-way.ts';
import type { Environment } from '../../lib/environment.ts';
import { plainText } from '../../lib/plain-text.ts';
import type { TerminalTraits } from './terminal-probe.ts';

type Way = Exclude<NotifyWay, 'auto' | 'none'>;

/** The way to tell it here: the one that is set, else what the terminal answered, else its name. */
export function wayOf(
	set: NotifyWay,
	traits: Pick<TerminalTraits, 'notifies' | 'version'>,
	environment: Environment,
): Way | null {
	if (set === 'none') return null;
	if (set !== 'auto') return set;
	if (traits.notifies) return 'osc99';
	return wayByName(traits.version ?? '', environment);
}

/**
 * Within tmux or screen the name is theirs and the terminal around them may be any: what it left in the
 * environment tells, as far as they were started in it.
 */
function wayByName(version: string, environment: Environment): Way {
	const { TERM = '', TERM_PROGRAM = '', LC_TERMINAL = '', TMUX, STY } = environment;
	const outer = TMUX || STY ? '' : TERM;
	const name = `${version} ${TERM_PROGRAM} ${LC_TERMINAL} ${outer}`.toLowerCase();
	if (environment.KITTY_WINDOW_ID || /kitty/.test(name)) return 'osc99';
	if (environment.GHOSTTY_RESOURCES_DIR || environment.WEZTERM_PANE) return 'osc777';
	if (/ghostty|wezterm|foot|rxvt|contour|warp/.test(name)) return 'osc777';
	return /iterm/.test(name) ? 'osc9' : 'bell';
}

/** The bytes that tell a notice, wrapped for a multiplexer between weir and the terminal. */
export function notification(
	way: Way,
	{ title, text, urgent }: Pick<NoticeWords, 'title' | 'text' | 'urgent'>,
	{ TMUX, STY }: Environment,
): string {
	if (way === 'bell') return '\x07';
	const told = forms[way](plainText(title, 100), plainText(text, 300), urgent);
	// tmux passes it on where `allow-passthrough` is set, and drops it where it is not.
	if (TMUX) return `\x1bPtmux;${told.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;
	return STY ? `\x1bP${told.replaceAll('\x1b\\', '\x07')}\x1b\\` : told;
}

const forms: Readonly<
	Record<Exclude<Way, 'bell'>, (title: string, text: string, urgent: boolean) => string>
> = {
	// One id: what is told later takes the place of what is out of date.
	osc99: (title, text, urgent) =>
		`\x1b]99;i=weir:e=1:d=0;${base64(title)}\x1b\\` +
		`\x1b]99;i=weir:e=1:p=body:u=${urgent ? 2 : 1};${base64(text)}\x1b\\`,
	osc777: (title, text) => `\x1b]777;notify;${title.replaceAll(';', ',')};${text}\x1b\\`,
	// A number at the start would be another sequence: 9;4 is progress.
	osc9: (title, text) => `\x1b]9;${title}: ${text}\x1b\\`,
};

function base64(text: string): string {
	return Buffer.from(text).toString('base64');
}

/** The title of the terminal's window: how many need the human, and where. */
export function titleSequence(count: number, repository: string): string {
	const needs = count === 0 ? '' : `(${count}!) `;
	return `\x1b]2;${plainText(`${needs}weir ${repository}`, 200)}\x1b\\`;
}
