// OSC 99, the desktop notifications of kitty (sw.kovidgoyal.net/kitty/desktop-notifications): title
// and body come in pieces under an id. Icons, buttons and queries are ignored.
import type { TerminalSignal } from '../protocol/holder.ts';
import { fromBase64, notify } from './program-signals.ts';

const openLimit = 8;
const pieceLimit = 4096;

interface Pieces {
	title: string;
	body: string;
}

export class KittyNotifications {
	#open = new Map<string, Pieces>();

	/** The notification that a sequence completes. */
	read(payload: string): TerminalSignal | null {
		const at = payload.indexOf(';');
		if (at < 0) return null;
		const metadata = new Map(
			payload
				.slice(0, at)
				.split(':', 16)
				.map((pair) => [pair.slice(0, 1), pair.slice(2)]),
		);
		const part = metadata.get('p') ?? 'title';
		if (part !== 'title' && part !== 'body') return null;
		const raw = payload.slice(at + 1);
		const text = metadata.get('e') === '1' ? (fromBase64(raw) ?? '') : raw;
		const id = (metadata.get('i') ?? '').slice(0, 64);
		const pieces = this.#open.get(id) ?? { title: '', body: '' };
		pieces[part] = (pieces[part] + text).slice(0, pieceLimit);
		this.#open.delete(id);
		if (metadata.get('d') !== '0') return notify(pieces.title, pieces.body);
		this.#open.set(id, pieces);
		if (this.#open.size > openLimit) this.#open.delete(oldest(this.#open));
		return null;
	}
}

function oldest(map: ReadonlyMap<string, unknown>): string {
	const [first = ''] = map.keys();
	return first;
}
