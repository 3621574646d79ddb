// The part of the TUI that needs React and Ink, loaded when the first panes are on the screen.
import { render } from 'ink';
import type { Look } from '../components/look.ts';
import type { ChromeRenderOptions, MountedView } from '../src/tui/chrome.ts';
import { type PictureSource, Root } from './Root.tsx';

export function mountRoot(
	source: PictureSource,
	look: Look,
	options: ChromeRenderOptions,
): MountedView {
	// Ink writes nothing but frames to these streams, whatever their types promise.
	return render(<Root source={source} look={look} />, options);
}
