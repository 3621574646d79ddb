// What every request on the agents' socket carries.
import { z } from 'zod';

export const agentRequests = z.object({
	/** Of the agent's present generation; given to its program as `WEIR_TOKEN`. */
	token: z.string().min(16).max(256),
});
