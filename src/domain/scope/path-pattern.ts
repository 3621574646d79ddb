/**
 * The pattern that covers a path and what is below it. A control character is any one character in it:
 * a pattern holds none.
 */
export function patternOf(path: string): string {
	return `/${path
		.replaceAll(/[\\*?[\]{]| +$/g, (special) => special.replaceAll(/./g, '\\$&'))
		// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
		.replaceAll(/[\x00-\x1f\x7f]/g, '?')}`;
}
