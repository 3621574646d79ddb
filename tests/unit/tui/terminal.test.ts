import { describe, expect, it } from 'vitest';
import { colourDepth } from '../../../src/lib/colour-depth.ts';
import { canPaint, fitsScreen } from '../../../src/lib/terminal-fitness.ts';
import { Input, KeyMode } from '../../../src/tui/input/input.ts';
import {
	answerTime,
	coloursOf,
	emitOptions,
	probeSequence,
	TerminalProbe,
} from '../../../src/tui/terminal/terminal-probe.ts';
import { TerminalScreen } from '../../support/terminal-screen.ts';

describe('a terminal', () => {
	it('is refused when it is none, is dumb or too small, with what to do', () => {
		const good = { input: true, output: true, term: 'xterm-256color' };
		expect(canPaint(good).ok).toBe(true);
		expect(canPaint({ ...good, output: false })).toMatchObject({
			refusal: { code: 'terminal.none', allow: 'weir status --json' },
		});
		expect(canPaint({ ...good, term: 'dumb' })).toMatchObject({
			refusal: {
				code: 'terminal.dumb',
				message: 'a terminal of type "dumb" cannot show panes',
				allow: expect.stringContaining('weir --a11y'),
			},
		});
		expect(canPaint({ ...good, term: undefined }).ok).toBe(false);
		expect(fitsScreen({ columns: 40, rows: 15 }).ok).toBe(true);
		expect(fitsScreen({ columns: 39, rows: 15 })).toMatchObject({
			refusal: {
				message: 'need 40x15, this is 39x15',
				allow: 'make the window larger',
			},
		});
	});

	it('has the colours that its environment tells, none with NO_COLOR', () => {
		expect(colourDepth({ TERM: 'xterm-256color' })).toBe('256');
		expect(colourDepth({ TERM: 'xterm-256color', COLORTERM: 'truecolor' })).toBe(
			'truecolour',
		);
		expect(colourDepth({ TERM: 'xterm-kitty' })).toBe('truecolour');
		expect(colourDepth({ TERM: 'linux' })).toBe('16');
		expect(colourDepth({ TERM: 'dumb' })).toBe('mono');
		expect(colourDepth({ TERM: 'xterm', COLORTERM: 'truecolor', NO_COLOR: '1' })).toBe(
			'mono',
		);
		expect(colourDepth({ TERM: 'xterm', NO_COLOR: '' })).toBe('16');
	});
});

describe('a probe', () => {
	it('learns what the terminal answers in one round', async () => {
		using screen = new TerminalScreen({
			columns: 80,
			rows: 24,
			colours: { foreground: '#000000', background: '#fdf6e3' },
		});
		const probe = new TerminalProbe(200, () => () => undefined);
		const input = openInput(probe);
		screen.onAnswer = (answer) => input.feed(Buffer.from(answer));
		await screen.write(probeSequence);
		const traits = await probe.done;
		expect(traits).toMatchObject({
			background: [253, 246, 227],
			synchronized: true,
			keyboard: false,
			ambiguousWide: false,
		});
		expect(screen.lines().join('').trim()).toBe('');
	});

	it('ends without any answer, and then assumes what harms nobody', async () => {
		let ring = () => {};
		const probe = new TerminalProbe(200, (_milliseconds, run) => {
			ring = run;
			return () => undefined;
		});
		ring();
		const traits = await probe.done;
		expect(traits).toMatchObject({ background: null, synchronized: null });
		expect(emitOptions(traits, { TERM: 'xterm-256color' })).toEqual({
			depth: '256',
			synchronized: true,
			underlineStyles: true,
			links: true,
			blinks: true,
			ambiguousWide: false,
		});
	});

	it('waits longer for a terminal that is reached over ssh', () => {
		expect(answerTime({})).toBe(200);
		for (const name of ['SSH_CONNECTION', 'SSH_TTY'])
			expect(answerTime({ [name]: 'there' })).toBeGreaterThanOrEqual(1000);
	});

	it('tells programs the colours that the terminal tells', async () => {
		const probe = new TerminalProbe(200, () => () => undefined);
		const input = openInput(probe);
		const all = Array.from({ length: 16 }, (_, at) => `\x1b]4;${at};rgb:${at}/0/f\x1b\\`);
		input.feed(Buffer.from(`\x1b]10;rgb:ffff/0/0\x1b\\\x1b]11;#010203\x1b\\${all[0]}`));
		// A palette that is not whole is none.
		expect(coloursOf(probe.traits)).toEqual({
			foreground: '#ff0000',
			background: '#010203',
			cursor: '#ff0000',
			palette: [],
		});
		input.feed(Buffer.from(all.join('')));
		expect(coloursOf(probe.traits)?.palette[15]).toBe('#1500ff');
		expect(coloursOf(new TerminalProbe(200, () => () => undefined).traits)).toBe(null);
	});

	it('believes a terminal that draws borders wide', async () => {
		const probe = new TerminalProbe(200, () => () => undefined);
		const input = openInput(probe);
		input.feed(
			Buffer.from(
				'\x1b[2;3R\x1b[?2026;0$y\x1b[?2031;2$y\x1b[?1u\x1bP>|foot(1.2)\x1b\\\x1b]99;i=weir:p=?;o=always\x1b\\\x1b]7501;?\x1b\\\x1b[?62c',
			),
		);
		const traits = await probe.done;
		expect(traits).toEqual({
			background: null,
			foreground: null,
			cursor: null,
			palette: {},
			synchronized: false,
			keyboard: true,
			ambiguousWide: true,
			version: 'foot(1.2)',
			tellsScheme: true,
			notifies: true,
			hearsStatus: true,
		});
		expect(emitOptions(traits, { TERM: 'foot' })).toMatchObject({
			synchronized: false,
			ambiguousWide: true,
		});
	});
});

function openInput(probe: TerminalProbe): Input {
	const mode = new KeyMode((event) => {
		if (event.kind === 'reply') probe.take(event.reply);
	});
	return new Input({ escapeTimeMs: () => 25, mode: () => mode });
}
