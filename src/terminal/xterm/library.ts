// Where the emulator library is imported. Its version is pinned, because the files beside
// this one know its private names; `self-test.ts` says at start whether they still fit.
import xterm from '@xterm/headless';
import { UnicodeGraphemesAddon } from './graphemes.ts';

export type Terminal = InstanceType<typeof xterm.Terminal>;

/**
 * A terminal with the widths of current terminals: the library's own table is Unicode 6, where an
 * emoji is one cell. Answers to size queries (`CSI 18 t`) are the only window option allowed.
 */
export function newTerminal(columns: number, rows: number, scrollback: number): Terminal {
	const terminal = new xterm.Terminal({
		cols: columns,
		rows,
		scrollback,
		allowProposedApi: true,
		logLevel: 'off',
		windowOptions: { getWinSizeChars: true },
	});
	terminal.loadAddon(new UnicodeGraphemesAddon());
	return terminal;
}
