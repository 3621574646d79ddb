// Names made of texts that are no names. Node's crypto takes milliseconds to load, and most who import
// this never get to it.

/** The first `length` hexadecimal digits of the SHA-256 of a text. */
export function digest(text: string, length: number): string {
	return process.getBuiltinModule('node:crypto').hash('sha256', text).slice(0, length);
}
