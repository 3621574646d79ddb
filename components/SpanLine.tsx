import { Text } from 'ink';
import { useContext } from 'react';
import { type Line, withFewSpans } from '../src/tui/paint/spans.ts';
import { LookContext } from './look.ts';

/** One line of text, each piece in the style of its role. Its width has been seen to. */
export function SpanLine({ line }: { readonly line: Line }) {
	const { theme, glyphs } = useContext(LookContext);
	return (
		<Text wrap="truncate-end">
			{withFewSpans(line, (role) => theme[role].underline === true).map(
				({ text, role = 'text', bold, inverse }, at) => (
					// A line has no other identity than the order of its pieces.
					<Text
						key={at}
						{...theme[role]}
						{...(bold && { bold })}
						{...(inverse && { inverse })}
					>
						{text.replaceAll('…', glyphs.ellipsis)}
					</Text>
				),
			)}
		</Text>
	);
}
