// What every request on the agents' socket carries.
import * as z from 'zod/mini';

export const agentRequests = z.object({
	/** Of the agent's present generation; given to its program as `WEIR_TOKEN`. */
	token: z.string().check(z.minLength(16), z.maxLength(256)),
});
