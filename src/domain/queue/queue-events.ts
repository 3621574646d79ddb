// What is recorded of the landing queue: the human's word on it. What waits in it, and since when, follows
// from commits and landings.
import * as z from 'zod/mini';
import { agent } from '../fact.ts';

export const queueEvents = {
	/** It is not to land before it is released. */
	'queue.held': z.object({ agent, why: z.nullable(z.string()) }),
	'queue.released': z.object({ agent }),
	/** It was given another place: all that waited, in the order in which they are to land. */
	'queue.moved': z.object({ agent, order: z.readonly(z.array(agent)) }),
} as const;
