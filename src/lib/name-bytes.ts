// Names of files are bytes. Those that are no UTF-8 travel through text as lone surrogates, one for a
// byte (U+DC80 to U+DCFF, as Python has it), so that none is lost or taken for another.

const escapeBase = 0xdc00;

/** Bytes of names as text that `nameBytes` brings back. */
export function nameText(bytes: Buffer): string {
	const text = bytes.toString('utf8');
	// Without one nothing was replaced; a name may hold it all the same.
	if (!text.includes('\ufffd')) return text;
	let said = '';
	for (let at = 0; at < bytes.length; ) {
		const length = characterLength(bytes, at);
		said +=
			length === 0
				? String.fromCharCode(escapeBase + (bytes[at] ?? 0))
				: bytes.toString('utf8', at, at + length);
		at += Math.max(1, length);
	}
	return said;
}

/** The bytes that `nameText` made text of; a text that is well-formed is its UTF-8. */
export function nameBytes(text: string): Buffer {
	if (text.isWellFormed()) return Buffer.from(text, 'utf8');
	return Buffer.concat(
		Array.from(text, (one) => {
			const code = one.codePointAt(0) ?? 0;
			const byte = code - escapeBase;
			return byte >= 0x80 && byte <= 0xff ? Buffer.of(byte) : Buffer.from(one, 'utf8');
		}),
	);
}

/** A path as the file system takes it. */
export function onDisk(path: string): string | Buffer {
	return path.isWellFormed() ? path : nameBytes(path);
}

/** How many bytes the character takes that begins here; 0 where none does. */
function characterLength(bytes: Buffer, at: number): number {
	const first = bytes[at] ?? 0;
	const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	const one = bytes.subarray(at, at + length);
	return Buffer.from(one.toString('utf8'), 'utf8').equals(one) ? length : 0;
}
