import { describe, expect, test } from 'vitest';
import type { AgentId } from '../../../src/domain/ids.ts';
import { noticeWords } from '../../../src/domain/notice.ts';
import {
	notification,
	titleSequence,
	wayOf,
} from '../../../src/tui/terminal/notification.ts';
import { foreignSequences, weirSequences } from '../../support/sequences.ts';

const plain = { notifies: false, version: null };
const notice = { title: 'weir shop', text: 'db needs approval', urgent: false };

describe('the way to tell something', () => {
	test.each([
		['osc99', { ...plain, notifies: true }, { TERM: 'xterm-256color' }],
		['osc99', plain, { TERM: 'xterm-kitty' }],
		['osc777', plain, { TERM: 'foot' }],
		['osc777', plain, { TERM_PROGRAM: 'WezTerm' }],
		['osc777', { ...plain, version: 'ghostty 1.2.0' }, { TERM: 'xterm-256color' }],
		['osc9', plain, { TERM_PROGRAM: 'iTerm.app' }],
		['osc9', plain, { TMUX: '/tmp/s,1,0', TERM: 'tmux-256color', LC_TERMINAL: 'iTerm2' }],
		['bell', plain, { TMUX: '/tmp/s,1,0', TERM: 'xterm-kitty' }],
		['bell', plain, { TERM: 'xterm-256color' }],
	] as const)('is %s of %o in %o', (way, traits, environment) => {
		expect(wayOf('auto', traits, environment)).toBe(way);
	});

	test('is the one that is set, or none', () => {
		expect(wayOf('osc9', { ...plain, notifies: true }, {})).toBe('osc9');
		expect(wayOf('none', { ...plain, notifies: true }, {})).toBeNull();
	});
});

describe('the bytes of a notice', () => {
	test('say title and text', () => {
		expect(notification('osc777', notice, {})).toBe(
			'\x1b]777;notify;weir shop;db needs approval\x1b\\',
		);
		expect(notification('osc9', notice, {})).toBe(
			'\x1b]9;weir shop: db needs approval\x1b\\',
		);
		const body = Buffer.from('db needs approval').toString('base64');
		expect(notification('osc99', notice, {})).toContain(`p=body:u=1;${body}\x1b\\`);
	});

	test('are wrapped for tmux, and a bell is not', () => {
		expect(notification('osc9', notice, { TMUX: 'there' })).toBe(
			'\x1bPtmux;\x1b\x1b]9;weir shop: db needs approval\x1b\x1b\\\x1b\\',
		);
		expect(notification('bell', notice, { TMUX: 'there' })).toBe('\x07');
	});

	test('let nothing through that an agent could have put into a text', () => {
		const hostile = {
			...notice,
			title: 'a;b\x1b]52;c;x\x07',
			text: 'x\x1b\\\x1b[2J\x9b',
		};
		for (const way of ['osc99', 'osc777', 'osc9'] as const)
			expect(
				foreignSequences(Buffer.from(notification(way, hostile, {})), weirSequences),
			).toEqual([]);
		const title = titleSequence(2, 'x\x1b]52;c;x\x07');
		expect(title).toBe('\x1b]2;(2!) weir x]52;c;x\x1b\\');
	});
});

describe('the words of a notice', () => {
	const of = (agent: string, text = 'Bash: curl -H "secret"\nmore') => ({
		...{ agent: agent as AgentId, branch: null, kind: 'approve' as const, text },
		flaps: false,
	});
	const context = { repository: 'shop', nameOf: (agent: AgentId) => agent, now: 300_000 };

	test('name the agent and what it needs, and what it asks only where that is wanted', () => {
		const one = { urgent: false, news: [of('db')], waiting: 1, oldest: 0 };
		const words = noticeWords(one, { ...context, texts: false });
		expect(words.text).toBe('db needs approval');
		expect(JSON.stringify(words)).not.toContain('secret');
		const more = noticeWords(one, { ...context, texts: true });
		expect(more.text).toBe('db needs approval: Bash: curl -H "secret"');
		expect(more.agents).toEqual([
			{ name: 'db', kind: 'approve', asks: 'Bash: curl -H "secret"' },
		]);
	});

	test('count where several wait', () => {
		const some = { urgent: false, news: [of('db')], waiting: 3, oldest: 60_000 };
		const words = noticeWords(some, { ...context, texts: false });
		expect(words).toMatchObject({
			...{ text: '3 agents need you, oldest 4m', waiting: 3, oldest: 240 },
		});
	});
});
