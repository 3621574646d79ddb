// Serves an agent's words as tools of MCP: asks for its door, which `bin` loads.
import { installedVersion } from '../../lib/installation.ts';
import { ok, refuse } from '../../lib/outcome.ts';
import { isOfAgent } from '../asking.ts';
import type { Run } from '../verb.ts';

export const run: Run = async (call) => {
	if (!isOfAgent(call))
		return refuse(
			'agent.outside',
			'weir mcp serves an agent about itself, inside its pane',
			'weir new NAME, which gives it to the CLI of the agent',
		);
	const { environment } = call;
	return ok({ door: 'mcp', options: { environment, version: installedVersion } });
};
