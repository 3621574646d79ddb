// The tags and texts of XML that code of agents wrote. No document type is read, so no entity is
// ever expanded beyond the five of XML and numbers; nothing is fetched; nothing nests in memory.

export type XmlToken =
	| {
			readonly kind: 'open';
			readonly name: string;
			/** Read when somebody asks: of most tags nobody does. */
			readonly attributes: () => ReadonlyMap<string, string>;
			/** Written as `<a/>`: no end follows. */
			readonly empty: boolean;
	  }
	| { readonly kind: 'close'; readonly name: string }
	| { readonly kind: 'text'; readonly text: string };

/** Texts and values are cut to this: a test may have printed megabytes. */
const textLimit = 8000;
const attributeLimit = 40;

/** Goes through a text once, from the first tag on; stops where the text is cut in a tag. */
export function* xmlTokens(source: string): Generator<XmlToken, void> {
	let at = source.indexOf('<');
	while (at >= 0 && at < source.length) {
		if (source[at] !== '<') {
			const end = indexOr(source, '<', at);
			yield {
				kind: 'text',
				text: decoded(source.slice(at, Math.min(end, at + textLimit))),
			};
			at = end;
			continue;
		}
		const special = specialAt(source, at);
		if (special !== null) {
			if (special.text !== '') yield { kind: 'text', text: special.text };
			at = special.end;
			continue;
		}
		const end = tagEnd(source, at + 1);
		if (end < 0) return;
		const token = tagOf(source.slice(at + 1, end));
		if (token !== null) yield token;
		at = end + 1;
	}
}

/** Comments, instructions, CDATA and declarations, the last of which are passed over unread. */
function specialAt(
	source: string,
	at: number,
): { readonly text: string; readonly end: number } | null {
	const passed = (end: string) => ({ text: '', end: after(source, end, at) });
	if (source.startsWith('<!--', at)) return passed('-->');
	if (source.startsWith('<?', at)) return passed('?>');
	if (source.startsWith('<![CDATA[', at)) {
		const from = at + '<![CDATA['.length;
		const end = indexOr(source, ']]>', from);
		const text = source.slice(from, Math.min(end, from + textLimit));
		return { text, end: Math.min(end + 3, source.length) };
	}
	return source.startsWith('<!', at) ? passed('>') : null;
}

/** Where a tag ends: a `>` within quotes is a character like any other. */
function tagEnd(source: string, from: number): number {
	let quote = '';
	for (let at = from; at < source.length; at++) {
		const one = source[at];
		if (quote !== '') {
			if (one === quote) quote = '';
		} else if (one === '"' || one === "'") quote = one;
		else if (one === '>') return at;
	}
	return -1;
}

function tagOf(text: string): XmlToken | null {
	if (text.startsWith('/'))
		return { kind: 'close', name: localName(text.slice(1).trim()) };
	const name = /^[\w:.-]{1,200}/.exec(text)?.[0];
	if (name === undefined) return null;
	const empty = text.endsWith('/');
	let read: ReadonlyMap<string, string> | undefined;
	const attributes = () => {
		read ??= attributesOf(text.slice(name.length));
		return read;
	};
	return { kind: 'open', name: localName(name), attributes, empty };
}

function localName(name: string): string {
	return name.includes(':') ? name.slice(name.lastIndexOf(':') + 1) : name;
}

// A name begins after a blank alone, so that no start is scanned twice.
const attribute = /\s([\w:.-]{1,200})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/g;

function attributesOf(text: string): ReadonlyMap<string, string> {
	const attributes = new Map<string, string>();
	for (const match of text.matchAll(attribute)) {
		if (attributes.size >= attributeLimit) break;
		const value = match[2] ?? match[3] ?? '';
		attributes.set(localName(match[1] ?? ''), decoded(value.slice(0, textLimit)));
	}
	return attributes;
}

const entity = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g;
const named: Readonly<Record<string, string>> = {
	lt: '<',
	gt: '>',
	amp: '&',
	quot: '"',
	apos: "'",
};

function decoded(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(entity, (whole, decimal?: string, hex?: string, name?: string) => {
		if (name !== undefined) return named[name] ?? whole;
		const point =
			decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
		return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
	});
}

function indexOr(source: string, what: string, from: number): number {
	const at = source.indexOf(what, from);
	return at < 0 ? source.length : at;
}

function after(source: string, what: string, from: number): number {
	return Math.min(indexOr(source, what, from) + what.length, source.length);
}
