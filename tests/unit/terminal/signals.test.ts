import { describe, expect, it } from 'vitest';
import type { TerminalSignal } from '../../../src/protocol/holder.ts';
import { terminalSignal } from '../../../src/protocol/holder.ts';
import { Emulator } from '../../../src/terminal/emulator.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const st = '\x1b\\';
const osc = (text: string) => `\x1b]${text}${st}`;

function signalsOf(...chunks: Uint8Array[]): TerminalSignal[] {
	using emulator = new Emulator({ columns: 20, rows: 5 });
	const signals: TerminalSignal[] = [];
	emulator.onSignal.on((signal) => signals.push(terminalSignal.parse(signal)));
	for (const chunk of chunks) emulator.write(chunk);
	return signals;
}

const status = {
	kind: 'status',
	id: null,
	state: null,
	blocked: null,
	app: null,
	title: null,
	message: null,
	progress: null,
} as const;

const cases: [string, string, TerminalSignal][] = [
	[
		'a blocked program',
		osc(
			`7501;state=blocked:app=claude:kind=permission:msg=${base64('approve Write: ä')}`,
		),
		{
			...status,
			state: 'blocked',
			app: 'claude',
			blocked: 'permission',
			message: 'approve Write: ä',
		},
	],
	[
		'a subagent',
		osc(`7501;id=sub1:state=working:title=${base64('Explore')}:progress=40`),
		{ ...status, id: 'sub1', state: 'working', title: 'Explore', progress: '40' },
	],
	['a prompt', osc('133;A'), { kind: 'prompt', mark: 'A', exitCode: null }],
	['a finished command', osc('133;D;127'), { kind: 'prompt', mark: 'D', exitCode: 127 }],
	['progress', osc('9;4;1;40'), { kind: 'progress', state: 1, percent: 40 }],
	['busy', osc('9;4;3'), { kind: 'progress', state: 3, percent: null }],
	['a title', osc('0;✳ hello'), { kind: 'title', title: '✳ hello' }],
	['a bell', '\x07', { kind: 'bell' }],
	['a folder', osc('7;file://host/a%20b'), { kind: 'directory', path: '/a b' }],
	['iTerm', osc('9;All done'), { kind: 'notification', title: '', body: 'All done' }],
	['rxvt', osc('777;notify;T;B;c'), { kind: 'notification', title: 'T', body: 'B;c' }],
	[
		'kitty in pieces',
		osc('99;i=1:d=0;Title') + osc(`99;i=1:p=body:e=1;${base64('Body')}`),
		{ kind: 'notification', title: 'Title', body: 'Body' },
	],
];

describe('signals', () => {
	it.each(cases)('of %s', (_, text, signal) => {
		expect(signalsOf(encode(text))).toEqual([signal]);
	});

	it.each(cases)('of %s, split at every byte', (_, text, signal) => {
		const bytes = encode(text);
		for (let at = 1; at < bytes.length; at += 1)
			expect(signalsOf(bytes.subarray(0, at), bytes.subarray(at))).toEqual([signal]);
		expect(signalsOf(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual([
			signal,
		]);
	});

	it.each([
		['the clipboard', osc('52;c;aGVsbG8=')],
		['the handshake', osc('7501;?')],
		['a numbered command of ConEmu', osc('9;1;500')],
		['a progress state that is none', osc('9;4;7')],
		['a notification verb that is none', osc('777;precmd')],
		['a prompt mark that is none', osc('133;P;x')],
		['an empty status', osc('7501;')],
	])('are not made of %s', (_, text) => {
		expect(signalsOf(encode(text))).toEqual([]);
	});

	it('are plain and short', () => {
		const [title, note] = signalsOf(
			encode(osc(`2;a\u202eb\u200bcd${'x'.repeat(200)}`)),
			encode(osc(`9;${'long '.repeat(400)}`)),
		);
		expect(title).toEqual({ kind: 'title', title: `abcd${'x'.repeat(75)}…` });
		expect(note?.kind === 'notification' && note.body.length).toBe(500);
	});

	it('in a flood become few, the last one counting', () => {
		const flood =
			'\x07'.repeat(5000) + osc('2;one') + osc('2;two') + osc('9;x').repeat(500);
		const signals = signalsOf(encode(flood));
		expect(signals.filter((signal) => signal.kind === 'bell')).toHaveLength(1);
		expect(signals).toContainEqual({ kind: 'title', title: 'two' });
		expect(signals).not.toContainEqual({ kind: 'title', title: 'one' });
		expect(signals.filter((signal) => signal.kind === 'notification')).toHaveLength(16);
	});

	it('say a title once', () => {
		const one = encode(osc('2;same'));
		expect(signalsOf(one, one)).toHaveLength(1);
	});

	it('remember the last of each kind and of each status id', () => {
		using emulator = new Emulator({ columns: 20, rows: 5 });
		emulator.write(encode(osc('7501;state=working') + osc('7501;id=a:state=working')));
		emulator.write(encode(osc('7501;state=done') + osc('7501;id=a:state=clear')));
		emulator.write(encode(`${osc('2;one')}${osc('2;two')}`));
		expect(emulator.signals()).toEqual([
			{ ...status, state: 'done' },
			{ kind: 'title', title: 'two' },
		]);
	});
});
