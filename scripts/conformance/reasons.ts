// What the control functions that esctest tries are for, and why some of its tests do not pass.

interface Family {
	readonly purpose: string;
	/** Why tests fail that do not set left and right margins. */
	readonly why?: string;
}

const margins = 'left and right margins';
const colours = 'the colours are yours: a program may ask for them and not change them';
const rectangles = 'nothing that works on rectangles is there';
const columns = 'not there';
const origin = 'origin mode is not restored with the cursor';

/** The name of the tests, less `Tests`, as esctest has it. */
export const families: Readonly<Record<string, Family>> = {
	APC: { purpose: 'application program command' },
	BS: { purpose: 'backspace', why: 'wrapping backwards as xterm does' },
	CBT: { purpose: 'backward tab' },
	CHA: { purpose: 'cursor to a column' },
	CHT: { purpose: 'forward tab' },
	CNL: { purpose: 'cursor to the next line' },
	CPL: { purpose: 'cursor to the line before' },
	CR: { purpose: 'carriage return' },
	CUB: { purpose: 'cursor back', why: 'wrapping backwards as xterm does' },
	CUD: { purpose: 'cursor down' },
	CUF: { purpose: 'cursor forward' },
	CUP: { purpose: 'cursor to a place' },
	CUU: { purpose: 'cursor up' },
	ChangeColor: { purpose: 'set a palette colour (OSC 4)', why: colours },
	ChangeDynamicColor: {
		purpose: 'set foreground, background … (OSC 10-19)',
		why: colours,
	},
	ChangeSpecialColor: { purpose: 'set colours of styles (OSC 5)', why: colours },
	DA: {
		purpose: 'what the terminal is (DA1)',
		why: 'says VT100 with advanced video, as its emulator does, and not level 4 or 5',
	},
	DA2: {
		purpose: 'its version (DA2)',
		why: 'the numbers of another terminal are expected',
	},
	DCH: { purpose: 'delete characters' },
	DCS: { purpose: 'device control string' },
	DECALN: { purpose: 'fill the screen with E' },
	DECBI: { purpose: 'back index', why: columns },
	DECCRA: { purpose: 'copy a rectangle', why: rectangles },
	DECDC: { purpose: 'delete columns' },
	DECDSR: {
		purpose: 'reports of devices',
		why: 'there is no printer, locator, macro memory or session',
	},
	DECERA: { purpose: 'erase a rectangle', why: rectangles },
	DECFI: { purpose: 'forward index', why: columns },
	DECFRA: { purpose: 'fill a rectangle', why: rectangles },
	DECIC: { purpose: 'insert columns' },
	DECID: {
		purpose: 'what the terminal is, in the oldest form',
		why: 'silent: DA1 is the way',
	},
	DECRC: { purpose: 'save and restore the cursor (ESC 7, 8)', why: origin },
	DECRQM: {
		purpose: 'ask for a mode',
		why: 'modes of the standards that nothing sets are unknown instead of always reset',
	},
	DECRQSS: {
		purpose: 'ask for a setting',
		why: 'answered for SGR, cursor, margins, protection; status lines and page length are not there',
	},
	DECSCL: { purpose: 'level of conformance', why: 'has no levels: all is always there' },
	DECSED: { purpose: 'erase in the screen what is not protected', why: 'ISO protection' },
	DECSEL: { purpose: 'erase in the line what is not protected', why: 'ISO protection' },
	DECSERA: { purpose: 'erase in a rectangle what is not protected', why: rectangles },
	DECSET: {
		purpose: 'set modes: wrap, origin, alternate screen …',
		why: 'a pane keeps its width: no 132 columns; wrapping backwards as xterm does; mode 47 erases',
	},
	DECSETTiteInhibit: { purpose: 'the alternate screens keep the cursor', why: origin },
	DECSTBM: { purpose: 'scroll region' },
	DECSTR: { purpose: 'soft reset' },
	DL: { purpose: 'delete lines' },
	ECH: { purpose: 'erase characters', why: 'ISO protection' },
	ED: { purpose: 'erase in the screen', why: 'ISO protection' },
	EL: { purpose: 'erase in the line', why: 'ISO protection' },
	FF: { purpose: 'form feed' },
	HPA: { purpose: 'column, absolute' },
	HPR: { purpose: 'column, relative' },
	HTS: { purpose: 'set a tab stop' },
	HVP: { purpose: 'cursor to a place, the other way' },
	ICH: { purpose: 'insert characters' },
	IL: { purpose: 'insert lines' },
	IND: { purpose: 'index' },
	LF: { purpose: 'line feed' },
	ManipulateSelectionData: { purpose: 'the clipboard (OSC 52)' },
	NEL: { purpose: 'next line' },
	PM: { purpose: 'privacy message' },
	REP: { purpose: 'repeat a character' },
	RI: { purpose: 'reverse index' },
	RIS: { purpose: 'reset', why: 'a pane keeps its width; titles are only read' },
	RM: { purpose: 'reset modes' },
	ResetColor: { purpose: 'reset palette colours (OSC 104)', why: colours },
	ResetSpecialColor: { purpose: 'reset colours of styles (OSC 105)', why: colours },
	S8C1T: { purpose: 'answers in eight bits' },
	SCORC: { purpose: 'save and restore the cursor (CSI s, u)', why: origin },
	SD: { purpose: 'scroll down' },
	SM: { purpose: 'set modes: insert, new line' },
	SMTitle: { purpose: 'how titles are said' },
	SOS: { purpose: 'start of string' },
	SU: { purpose: 'scroll up' },
	TBC: { purpose: 'clear tab stops' },
	VPA: { purpose: 'row, absolute' },
	VPR: { purpose: 'row, relative' },
	VT: { purpose: 'vertical tab' },
	XtermSave: { purpose: 'save and restore modes', why: 'not there' },
	XtermWinops: {
		purpose: 'the window: size, place, title',
		why: 'refused: size, place and title of a pane are yours; its size can be asked (CSI 18 t)',
	},
};

/** Which of the recorded screens of vttest belong to which menu. */
export const vttestMenus = [
	{ menu: 1, purpose: 'cursor movements', from: 1, to: 6 },
	{ menu: 2, purpose: 'wrap, tabs, widths, scrolling, origin, styles', from: 7, to: 21 },
	{ menu: 8, purpose: 'insert and delete, of 80 and of 132 columns', from: 22, to: 34 },
] as const;

/** By screen of the recording, where tmux shows something else. */
export const vttestReasons: Readonly<Record<number, string>> = {
	2: '132 columns fit neither: the cursor goes back from the edge as in xterm',
	3: 'tmux wraps otherwise: the letters, which shall be in order, are so in a pane',
	4: 'tmux wraps otherwise: the letters, which shall be in order, are so in a pane',
	17: 'tmux has the line of the origin mode not at the bottom, where it shall be',
	21: 'tmux tells the signs for lines by their letters',
};

/** Why these tests of a family fail, by name and by what the tests do. */
export function whyFailed(
	family: string,
	failed: readonly string[],
	source: string,
): string {
	const by = new Set(
		failed.map((test) =>
			/DECLRMM|DECSLRM/.test(bodyOf(test, source)) ? margins : families[family]?.why,
		),
	);
	return [...by].map((why) => why ?? 'not known').join('; ');
}

function bodyOf(test: string, source: string): string {
	const [, after = ''] = source.split(`def ${test}(`, 2);
	return after.split(/\n {2}def /, 1)[0] ?? '';
}
