// What of a view outlives its client, and a layout without its panes: both lie in files.
import { z } from 'zod';
import { bays } from './bay.ts';
import { layoutKinds } from './layout.ts';

const share = z.number().positive().max(1000);

/** How panes are laid out, whichever they are. */
export const layoutShape = z.object({
	kind: z.enum(layoutKinds),
	shares: z.record(z.string().max(32), z.array(share).min(1).max(1000).readonly()),
	folded: z.array(z.enum(bays)).max(bays.length).readonly(),
});
export type LayoutShape = z.infer<typeof layoutShape>;

export const keptView = z.object({
	v: z.literal(1),
	layout: layoutShape,
	/** The setting by which the layout began: once that is another, it counts again. */
	setting: z.enum(layoutKinds),
	order: z.array(z.string().max(64)).max(10_000).readonly(),
	focus: z.string().max(64).nullable(),
	previous: z.string().max(64).nullable(),
	zoom: z.boolean(),
	/** The first line shown of panes that are scrolled up; absent in files of before. */
	scrolled: z.record(z.string().max(64), z.int().min(0)).optional(),
});
export type KeptView = z.infer<typeof keptView>;
