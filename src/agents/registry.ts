// All CLIs whose ways weir knows: a file each, and a row here. The first that is there is the usual kind.
import { basename } from 'node:path';
import { type AgentKind, kindOf } from '../domain/agent-kinds.ts';
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

export const allAdapters: readonly Adapter[] = [
	claude,
	codex,
	gemini,
	opencode,
	qwen,
	copilot,
	pi,
	weir,
	aider,
];

export const cliNames: readonly string[] = allAdapters.map(({ name }) => name);

const byName = new Map(allAdapters.map((one) => [one.name, one]));

/** The kinds that they are, beside those of the settings. */
export const builtInKinds: Readonly<Record<string, AgentKind>> = Object.fromEntries(
	allAdapters.map(({ name, kind }) => [name, kindOf(name, kind)]),
);

/** The adapter of this name; undefined where nothing is known by it. */
export function adapterOf(name: string | null): Adapter | undefined {
	return name === null ? undefined : byName.get(name);
}

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
