// How the program of a pane calls itself (OSC 0 and 2), as its holder tells it.
import type { HolderLink } from '../../client/holder-link.ts';
import { steadyTitle } from '../../domain/steady-title.ts';
import type { HolderPush } from '../../protocol/holder.ts';

/** The title that stands now; empty where the program gave itself none. */
export async function readTitle(link: HolderLink, name: string): Promise<string> {
	const listed = await link.request('list', {});
	if (!listed.ok) return '';
	const found = listed.value.panes.find(({ pane }) => pane === name);
	const signal = found?.signals.findLast(({ kind }) => kind === 'title');
	return signal?.kind === 'title' ? steadyTitle(signal.title) : '';
}

/** The title that a push tells of this pane; null for others. */
export function toldTitle(push: HolderPush, name: string): string | null {
	if (push.push !== 'signal' || push.pane !== name) return null;
	return push.signal.kind === 'title' ? steadyTitle(push.signal.title) : null;
}
