// What programs say through OSC sequences, as signals. Pure: the payload of one sequence in, at most
// one signal out. All text is made plain and cut.
import { plainText } from '../lib/plain-text.ts';
import type { TerminalSignal } from '../protocol/holder.ts';

const titleLimit = 80;
const bodyLimit = 500;
const wordLimit = 32;
const pathLimit = 1024;

/** The handshake of OSC 7501: a program asks with `?`, the terminal answers with the same. */
export const statusQuestion = '?';

export type ReadSignal = (payload: string) => TerminalSignal | null;

/** OSC code -> how its payload is read. OSC 99 needs memory and is `KittyNotifications`. */
export const signalReaders: Readonly<Record<number, ReadSignal>> = {
	0: title,
	2: title,
	7: directory,
	9: progressOrNotification,
	133: prompt,
	777: notification,
	7501: status,
};

function title(payload: string): TerminalSignal {
	return { kind: 'title', title: plainText(payload, titleLimit) };
}

/** `file://host/path`, percent-encoded; the host is not told apart. */
function directory(payload: string): TerminalSignal | null {
	const found = /^file:\/\/[^/]*(\/.*)$/s.exec(payload.slice(0, pathLimit * 3));
	const path = plainText(decoded(found?.[1] ?? ''), pathLimit);
	return path === '' ? null : { kind: 'directory', path };
}

/** ConEmu's numbered commands share OSC 9 with iTerm's free text; of those only 4 is progress. */
function progressOrNotification(payload: string): TerminalSignal | null {
	const progress = /^4(?:;(\d)?(?:;(\d{1,3})?)?)?$/.exec(payload);
	if (progress) {
		const state = Number(progress[1] ?? 0);
		if (state > 4) return null;
		const percent = progress[2] === undefined ? null : Math.min(100, Number(progress[2]));
		return { kind: 'progress', state, percent };
	}
	if (/^\d{1,2}(?:;|$)/.test(payload)) return null;
	const body = plainText(payload, bodyLimit);
	return body === '' ? null : { kind: 'notification', title: '', body };
}

function prompt(payload: string): TerminalSignal | null {
	const [mark, code] = payload.split(';', 2);
	if (mark !== 'A' && mark !== 'B' && mark !== 'C' && mark !== 'D') return null;
	const known = mark === 'D' && code !== undefined && /^-?\d{1,9}$/.test(code);
	return { kind: 'prompt', mark, exitCode: known ? Number(code) : null };
}

function notification(payload: string): TerminalSignal | null {
	const [verb, heading = '', ...rest] = payload.split(';');
	if (verb !== 'notify') return null;
	return notify(heading, rest.join(';'));
}

/** A notification, or null where nothing readable is left of it. */
export function notify(heading: string, text: string): TerminalSignal | null {
	const titled = plainText(heading, titleLimit);
	const body = plainText(text, bodyLimit);
	if (titled === '' && body === '') return null;
	return { kind: 'notification', title: titled, body };
}

/** Program Status Protocol: `key=value` by colons, `title` and `msg` in base64 of UTF-8. */
function status(payload: string): TerminalSignal | null {
	if (payload === statusQuestion) return null;
	const values = new Map<string, string>();
	for (const pair of payload.split(':', 16)) {
		const at = pair.indexOf('=');
		if (at > 0) values.set(pair.slice(0, at), pair.slice(at + 1));
	}
	if (values.size === 0) return null;
	const word = (key: string) => shortened(values.get(key), wordLimit);
	return {
		kind: 'status',
		id: shortened(values.get('id'), titleLimit),
		state: word('state'),
		blocked: word('kind'),
		app: word('app'),
		title: shortened(fromBase64(values.get('title')), titleLimit),
		message: shortened(fromBase64(values.get('msg')), bodyLimit),
		progress: word('progress'),
	};
}

function shortened(text: string | undefined, limit: number): string | null {
	const plain = text === undefined ? '' : plainText(text, limit);
	return plain === '' ? null : plain;
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		// A stray percent sign: the path is shown as it came.
		return text;
	}
}

/** Base64 of UTF-8; broken input gives what can be read of it. */
export function fromBase64(text: string | undefined): string | undefined {
	return text === undefined ? undefined : Buffer.from(text, 'base64').toString('utf8');
}
