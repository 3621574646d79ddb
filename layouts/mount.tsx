// The part of the TUI that needs React and Ink, loaded when the first panes are on the screen.
import { render } from 'ink';
import type { ChromeRenderOptions, MountedView } from '../src/tui/chrome/chrome.ts';
import type { Glyphs } from '../src/tui/look/glyphs.ts';
import { type PictureSource, Root } from './Root.tsx';

export function mountRoot(
	source: PictureSource,
	glyphs: Glyphs,
	options: ChromeRenderOptions,
): MountedView {
	// Ink writes nothing but frames to these streams, whatever their types promise.
	return render(<Root source={source} glyphs={glyphs} />, options);
}
