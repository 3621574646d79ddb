/**
 * The pattern that covers a path and what is below it. A control character is any one character in it, and so is
 * a byte that is no character: a pattern holds none.
 */
export function patternOf(path: string): string {
	return `/${path
		.replaceAll(/[\\*?[\]{]| +$/g, (special) => special.replaceAll(/./g, '\\$&'))
		// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
		.replaceAll(/[\x00-\x1f\x7f]|\p{Surrogate}/gu, '?')}`;
}
