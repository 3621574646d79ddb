// The layers of the guard, as they stand for one agent: what each of them holds, in a sentence.
import type { Guard, TrespassPolicy } from './guard.ts';

export type LayerName = 'prevention' | 'hook' | 'detection' | 'refusal';

export interface Layer {
	readonly layer: LayerName;
	/** False where nothing of it holds this agent. */
	readonly holds: boolean;
	readonly text: string;
	/** What would make it hold, or hold more; null where nothing would. */
	readonly allow: string | null;
}

/** Which tools of a CLI ask weir, as the end of a sentence about it where none does. */
export function asksBeforeWords(tools: readonly string[]): string {
	if (tools.length === 0) return 'does not ask weir before it writes';
	const named = tools.join(', ');
	return tools.length === 1
		? `${named} asks weir before it writes`
		: `${named} ask weir before they write`;
}

export interface Held {
	/** Of its present program; null before the first start. */
	readonly guard: Guard | null;
	/** Tools of its CLI that ask weir before they write. */
	readonly writeTools: readonly string[];
	readonly onWrite: TrespassPolicy;
	/** Why writes are seen late; null where they are seen at once. */
	readonly unwatched: string | null;
	/** Patterns of what is not told. */
	readonly noise: readonly string[];
}

/** The first to act comes first; the last one always holds. */
export function layersOf({
	guard,
	writeTools,
	onWrite,
	unwatched,
	noise,
}: Held): readonly Layer[] {
	return [
		preventionOf(guard),
		{
			layer: 'hook',
			holds: writeTools.length > 0,
			text:
				writeTools.length > 0
					? asksBeforeWords(writeTools)
					: `its program ${asksBeforeWords(writeTools)}`,
			allow: null,
		},
		detectionOf(onWrite, unwatched, noise),
		{
			layer: 'refusal',
			holds: true,
			text: 'what leaves the scope does not land, and no setting changes that',
			allow: null,
		},
	];
}

function preventionOf(guard: Guard | null): Layer {
	const layer = 'prevention';
	if (guard === null)
		return { layer, holds: false, text: 'it was not started yet', allow: null };
	const { prevention, reason, allow, loose } = guard;
	if (prevention === 'none') {
		const why = reason === null ? '' : `: ${reason}`;
		return { layer, holds: false, text: `nothing stops a write${why}`, allow };
	}
	const beside = loose === 0 ? '' : `, but for ${loose} paths beside it`;
	const why = reason === null ? '' : `; ${reason}`;
	const text = `${prevention} stops writes outside the scope${beside}${why}`;
	return { layer, holds: true, text, allow };
}

function detectionOf(
	onWrite: TrespassPolicy,
	unwatched: string | null,
	noise: readonly string[],
): Layer {
	const some = noise.slice(0, noiseShown).join(', ');
	const more = noise.length > noiseShown ? ` and ${noise.length - noiseShown} more` : '';
	const but = noise.length === 0 ? '' : `, but in ${some}${more}`;
	const late =
		unwatched === null
			? ''
			: `; late, since its worktree is looked at now and then and not watched: ${unwatched}`;
	const allow = unwatched === null ? null : 'weir doctor says how many watches there are';
	const text = `${found[onWrite]}${but}${late}`;
	return { layer: 'detection', holds: true, text, allow };
}

const noiseShown = 6;

const found = {
	report: 'a write outside is told',
	quarantine: 'a write outside is told, and a copy of it kept',
	restore: 'a write outside is told and put back, with a copy kept',
	freeze: 'a write outside is told and stops the program until you say',
} as const satisfies Record<TrespassPolicy, string>;

/** The strongest layer that keeps a write from happening or tells of it, in a word for a narrow place. */
export function shortLayer({ prevention }: Guard): string {
	return { bubblewrap: 'bwrap', landlock: 'landlock', none: 'detect-only' }[prevention];
}

/** `src/api/** +2`; empty where it has all but what must be named. */
export function shortScope(scope: readonly string[]): string {
	const [first, ...others] = scope;
	if (first === undefined) return '';
	return others.length === 0 ? first : `${first} +${others.length}`;
}
