// What was said on the command line of `weir agent`, as it says it.
import type { Environment } from '../lib/environment.ts';
import type { PermissionMode } from './permission.ts';

export interface AgentOptions {
	readonly folder: string;
	readonly environment: Environment;
	readonly version: string;
	/** What it is to do first; null waits for it. */
	readonly prompt: string | null;
	/** The conversation to go on with. */
	readonly resume: string | null;
	/** One that is begun where it is not there. */
	readonly conversation: string | null;
	/** One turn without a terminal. */
	readonly print: boolean;
	readonly json: boolean;
	readonly mode: PermissionMode;
	readonly provider: string | null;
	readonly model: string | null;
	readonly baseUrl: string | null;
	readonly window: number | null;
	readonly maxTokens: number | null;
	/** In US dollars. */
	readonly maxCost: number | null;
	/** Folders beside the one it works in. */
	readonly addDirs: readonly string[];
	/** A file with what it is told besides. */
	readonly instructions: string | null;
}
