// All CLIs whose ways weir knows: a file and a row each.
import { basename } from 'node:path';
import type { AdapterName } from '../domain/agent-kinds.ts';
import type { Adapter } from './adapter.ts';
import { aider } from './aider.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { copilot } from './copilot.ts';
import { gemini } from './gemini.ts';
import { opencode } from './opencode.ts';
import { pi } from './pi.ts';
import { qwen } from './qwen.ts';
import { weir } from './weir.ts';

const adapters: Readonly<Record<AdapterName, Adapter>> = {
	claude,
	codex,
	gemini,
	opencode,
	qwen,
	copilot,
	pi,
	weir,
	aider,
};

/** The adapter of this name; undefined where nothing is known by it. */
export function adapterOf(name: string | null): Adapter | undefined {
	return name !== null && Object.hasOwn(adapters, name)
		? adapters[name as AdapterName]
		: undefined;
}

export const allAdapters: readonly Adapter[] = Object.values(adapters);

/** Variables by which other CLIs log in, and this one does not. */
export function foreignLogins(adapter: Adapter): readonly string[] {
	const all = allAdapters.flatMap(({ logins }) => logins);
	return [...new Set(all)].filter((name) => !adapter.logins.includes(name));
}

/** Of the CLI that an agent runs, also where it was started as any command is. */
export function adapterBehind({
	adapter,
	argv,
}: {
	readonly adapter: string | null;
	readonly argv: readonly string[];
}): Adapter | undefined {
	return adapterOf(adapter) ?? adapterOf(basename(argv[0] ?? ''));
}
