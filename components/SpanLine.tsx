import { Text } from 'ink';
import { useContext } from 'react';
import { solidBlank } from '../src/tui/chrome/chrome-lines.ts';
import { styledText } from '../src/tui/look/style-sequence.ts';
import { type Line, withFewSpans } from '../src/tui/paint/spans.ts';
import { LookContext } from './look.ts';

/**
 * One line of text, each piece in the style of its role. Its width has been seen to. A `solid` one
 * hides the frame that it stands in.
 */
export function SpanLine({
	line,
	solid = false,
}: {
	readonly line: Line;
	readonly solid?: boolean;
}) {
	const { theme, glyphs } = useContext(LookContext);
	const pieces = withFewSpans(line, (role) => theme[role].underline === true);
	// As one text: each element would be laid out and measured by itself.
	const text = pieces.map(({ text: words, role = 'text', bold, inverse }) =>
		styledText(words.replaceAll('…', glyphs.ellipsis), {
			...theme[role],
			...(bold && { bold }),
			...(inverse && { inverse }),
		}),
	);
	const joined = text.join('');
	return (
		<Text wrap="truncate-end">{solid ? joined.replaceAll(' ', solidBlank) : joined}</Text>
	);
}
