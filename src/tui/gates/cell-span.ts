// One cell of the table of gates: what one says of one agent's work, in as many words as fit.
import type { GateJson } from '../../protocol/gates.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { type Span, span } from '../paint/spans.ts';
import { signSpan } from '../panes/gate-spans.ts';

/** Cells that let all be said: `▸ 41% eta 0:52`. */
export const wordedCell = 14;

/** The sign with what there is room for beside it. */
export function cellSpan(
	gate: GateJson,
	facts: { readonly now: number; readonly glyphs: Glyphs; readonly width: number },
): Span {
	const { now, glyphs, width } = facts;
	if (gate.verdict === 'none') return span(glyphs.unknown, 'dim');
	const sign = signSpan(gate, now, glyphs);
	const more = beside(gate, now);
	const room = width - sign.text.length - 1;
	return more.length > 0 && more.length <= room
		? { ...sign, text: `${sign.text} ${more}` }
		: sign;
}

function beside(gate: GateJson, now: number): string {
	const { verdict, last, flaky, took } = gate;
	switch (verdict) {
		case 'running':
			return etaText(gate, now);
		case 'stale':
			return last ?? '';
		case 'waiting':
			return 'waits';
		case 'passed':
			return flaky || took === null ? '' : durationText(took);
		default:
			return '';
	}
}

function etaText({ running }: GateJson, now: number): string {
	if (!running) return '';
	const gone = Math.max(0, now - Date.parse(running.began));
	if (running.usual === null) return clockText(gone);
	return gone >= running.usual ? 'late' : `eta ${clockText(running.usual - gone)}`;
}

/** `0:52` */
function clockText(milliseconds: number): string {
	const seconds = Math.ceil(milliseconds / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `0.4s`, `12s`, `3m 20s` */
export function durationText(milliseconds: number): string {
	if (milliseconds < 9950) return `${(milliseconds / 1000).toFixed(1)}s`;
	const seconds = Math.round(milliseconds / 1000);
	return seconds < 100 ? `${seconds}s` : `${Math.floor(seconds / 60)}m ${seconds % 60}s`;
}
