// The part of the TUI that needs React and Ink, loaded when the first panes are on the screen.
import { render } from 'ink';
import type { ChromeRenderOptions, MountedView } from '../src/tui/chrome/chrome.ts';
import type { ChromePart } from '../src/tui/chrome/chrome-parts.ts';
import type { Glyphs } from '../src/tui/look/glyphs.ts';
import { Root } from './Root.tsx';

export function mountRoot(
	first: ChromePart,
	glyphs: Glyphs,
	options: ChromeRenderOptions,
): MountedView<ChromePart> {
	const root = (part: ChromePart) => <Root part={part} glyphs={glyphs} />;
	// Ink writes nothing but frames to these streams, whatever their types promise.
	const { rerender, unmount } = render(root(first), options);
	return { show: (part) => rerender(root(part)), unmount: () => unmount() };
}
