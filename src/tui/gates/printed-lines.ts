// What a gate printed, as lines to be read.

export function printedLines(output: string): readonly string[] {
	const text = output.trimEnd();
	return text === '' ? [] : text.split('\n').map((line) => line.replaceAll('\t', '  '));
}
