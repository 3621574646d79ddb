// What follows once a program has been stopped.
import * as z from 'zod/mini';

/** How a program is started again: with what it knew, or with nothing but its task. */
const again = {
	resume: z.optional(z.nullable(z.string())),
	note: z.optional(z.nullable(z.string())),
};

/** What happens to the program of an agent once it has been stopped. */
export const afterStop = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('nothing') }),
	z.object({ kind: z.literal('respawn'), ...again }),
	z.object({ kind: z.literal('remove') }),
]);
export type AfterStop = z.infer<typeof afterStop>;
