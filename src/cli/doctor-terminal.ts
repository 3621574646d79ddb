// What the doctor says of the terminal that it runs in: from the environment and the size, without a
// question to the terminal, whose answer would end up in a pipe or a log.
import { colourDepth } from '../lib/colour-depth.ts';
import { firstLine, good, type Probe, poor } from './doctor-check.ts';

const colourWords = {
	truecolour: 'true colour',
	'256': '256 colours',
	'16': '16 colours',
	mono: 'no colours',
} as const;

export const probeTerminal: Probe = async ({ environment }) => {
	const { TERM, NO_COLOR } = environment;
	const colours = `${colourWords[colourDepth(environment)]}${NO_COLOR ? ' by NO_COLOR' : ''}`;
	const said = `TERM ${TERM ?? 'is not set'}, ${colours}`;
	if (!process.stdout.isTTY)
		return good(`${said}; output goes elsewhere, verbs need none`);
	const [columns, rows] = process.stdout.getWindowSize();
	const found = `${said}, ${columns}x${rows}`;
	if (TERM === undefined || TERM === 'dumb')
		return poor(found, 'weir opens in a terminal that can move the cursor');
	return columns < 40 || rows < 15 ? poor(found, 'enlarge it to 40x15') : good(found);
};

/** A longer wait makes a lone Esc feel late. */
const escapeMs = 100;

export const probeMultiplexer: Probe = async ({ environment }) => {
	const { TMUX, STY, ZELLIJ } = environment;
	if (!TMUX) return good(STY ? 'screen' : ZELLIJ ? 'zellij' : 'none');
	const [version, passthrough, escape] = await Promise.all([
		firstLine('tmux', '-V'),
		firstLine('tmux', 'show-options', '-gv', 'allow-passthrough'),
		firstLine('tmux', 'show-options', '-sv', 'escape-time'),
	]);
	if (version === null) return poor('tmux, which does not answer', null);
	const found = `${version}, passthrough ${passthrough ?? 'unknown'}, Esc after ${escape ?? '?'} ms`;
	return Number(escape) > escapeMs
		? poor(found, 'tmux set-option -s escape-time 10')
		: good(found);
};
