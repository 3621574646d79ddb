// What a client asks of terminals: where one can be reached, what stands on it, what is typed.
import * as z from 'zod/mini';
import type { ShellId } from '../../domain/ids.ts';
import { agent, environment, name, size } from './fields.ts';

export const terminalRequests = {
	shell: z.object({
		...agent,
		argv: z.nullable(z.array(z.string()).check(z.minLength(1))),
		env: environment,
		...size,
	}),
	/** Where the pane of an agent or a shell can be read and typed to. */
	pane: z.object({ pane: name }),
	screen: z.object({ ...agent, ansi: z.boolean() }),
	/** Lines above the screen, as many as one answer takes. */
	history: z.object({
		...agent,
		ansi: z.boolean(),
		from: z.int().check(z.minimum(0)),
		count: z.int().check(z.minimum(1), z.maximum(2000)),
	}),
	/** Types text; queued, bounded, while the agent starts. */
	send: z.object({
		...agent,
		text: z.string().check(z.maxLength(1024 * 512)),
		enter: z.boolean(),
	}),
	keys: z.object({
		...agent,
		keys: z
			.array(z.string().check(z.maxLength(64)))
			.check(z.minLength(1), z.maxLength(1000)),
	}),
} as const;

export interface PaneAddress {
	readonly pane: string;
	readonly generation: number;
	readonly socket: string;
	readonly token: string;
}

export interface TerminalResponses {
	shell: { readonly shell: ShellId };
	pane: PaneAddress;
	/** `above` counts the lines that have scrolled off at that moment. */
	screen: { readonly lines: readonly string[]; readonly above: number };
	/**
	 * The first line bears the number `from`: those asked for before it are no longer kept. `next` is
	 * where to ask on; without a line it is null.
	 */
	history: {
		readonly from: number;
		readonly lines: readonly string[];
		readonly next: number | null;
	};
	send: {
		readonly queued: boolean;
		/** Its state has shown that the text was taken; null where nothing would show it. */
		readonly taken: boolean | null;
	};
	keys: { readonly queued: boolean };
}
