// What of a view outlives its client, and a layout without its panes: both lie in files.
import * as z from 'zod/mini';
import { bays } from './bay.ts';
import { layoutKinds } from './layout.ts';

const id = z.string().check(z.maxLength(64));
const share = z.number().check(z.positive(), z.maximum(1000));

/** How panes are laid out, whichever they are. */
export const layoutShape = z.object({
	kind: z.enum(layoutKinds),
	shares: z.record(
		z.string().check(z.maxLength(32)),
		z.readonly(z.array(share).check(z.minLength(1), z.maxLength(1000))),
	),
	folded: z.readonly(z.array(z.enum(bays)).check(z.maxLength(bays.length))),
});
export type LayoutShape = z.infer<typeof layoutShape>;

export const keptView = z.object({
	v: z.literal(1),
	layout: layoutShape,
	/** The setting by which the layout began: once that is another, it counts again. */
	setting: z.enum(layoutKinds),
	order: z.readonly(z.array(id).check(z.maxLength(10_000))),
	focus: z.nullable(id),
	previous: z.nullable(id),
	zoom: z.boolean(),
	/** The first line shown of panes that are scrolled up; absent in files of before. */
	scrolled: z.optional(z.record(id, z.int())),
});
export type KeptView = z.infer<typeof keptView>;
