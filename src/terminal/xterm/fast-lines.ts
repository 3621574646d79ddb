/* oxlint-disable no-underscore-dangle -- the private names of the library */
// Line feeds, and the scroll of a whole screen that they end in: the library tells three listeners of
// each, and copies from the blank line what no line of it has. The differential test in tests/unit/terminal
// holds that both give the same buffer.
import type { Damage } from './damage.ts';
import type { Attributes, Internals, Line } from './internals.ts';

const hasExtended = 0x10000000;

/** Puts a quick scroll into the place of the library's, and answers a quick line feed. */
export function quickenLines(internals: Internals, damage: Damage): () => void {
	const { _inputHandler: handler, _bufferService: service } = internals;
	const library = service.scroll.bind(service);
	let blank: Line | undefined;

	/** One that the library filled, of these colours; kept, since most are of the same. */
	const blankOf = (attributes: Attributes): Line => {
		const isSame =
			blank?.length === service.cols &&
			blank._data[1] === attributes.fg >>> 0 &&
			blank._data[2] === attributes.bg >>> 0;
		blank = blank && isSame ? blank : service.buffers.active.getBlankLine(attributes);
		return blank;
	};

	service.scroll = (attributes, wrapped = false) => {
		const { active } = service.buffers;
		const { lines, ybase } = active;
		const isWhole =
			active.scrollTop === 0 && ybase + active.scrollBottom === lines.length - 1;
		const isUsual =
			isWhole &&
			lines.isFull &&
			!service.isUserScrolling &&
			(attributes.bg & hasExtended) === 0 &&
			lines.get(0)?.length === service.cols;
		if (!isUsual) return library(attributes, wrapped);
		const line = lines.recycle();
		line._data.set(blankOf(attributes)._data);
		// To look whether there is anything in them takes longer.
		line._combined = {};
		line._extendedAttrs = {};
		line.isWrapped = wrapped;
		active.ydisp = ybase;
		damage.markAllDirty();
	};

	return () => {
		const buffer = handler._activeBuffer;
		damage.markDirty(buffer.y);
		if (handler._optionsService.rawOptions.convertEol) buffer.x = 0;
		if (buffer.y === buffer.scrollBottom) service.scroll(handler._eraseAttrData());
		else if (buffer.y + 1 < service.rows) {
			buffer.y += 1;
			const line = buffer.lines.get(buffer.ybase + buffer.y);
			if (line) line.isWrapped = false;
		}
		if (buffer.x >= service.cols) buffer.x -= 1;
		damage.markDirty(buffer.y);
	};
}
