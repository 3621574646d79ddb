// `weir mcp`: an agent's CLI starts it and speaks to it on its standard input and output.
import { type McpOptions, serve } from './server.ts';

/** Runs until the client has gone; answers with the exit code. */
export async function runMcp(options: McpOptions): Promise<number> {
	await serve(options);
	return 0;
}
