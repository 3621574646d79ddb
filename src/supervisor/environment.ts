// The environment of an agent: that of the client that asked for it, less what belongs to weir, to
// the outer terminal and to the project whose script started weir. Kept in memory, never journaled.
import type { Agent } from '../domain/agent.ts';
import { secretName } from '../lib/secrets.ts';

export type Variables = Readonly<Record<string, string>>;

/** Of the outer terminal, of a multiplexer around it, and of npm: they would lie inside a pane. */
const dropped =
	/^(TMUX|TMUX_PANE|STY|ZELLIJ.*|TERM_PROGRAM.*|TERM_SESSION_ID|TERM|TERMCAP|COLORTERM|COLUMNS|LINES|KITTY_.*|WEZTERM_.*|ITERM_.*|ALACRITTY_.*|GHOSTTY_.*|KONSOLE_.*|VTE_VERSION|WINDOWID|LC_TERMINAL.*|VSCODE_.*|npm_.*|NODE_ENV|INIT_CWD|WEIR_.*|SHLVL|OLDPWD|PWD|_)$/;

/**
 * Of an agent CLI in which weir was called: it would take the new one for a part of itself, and its
 * sockets and tokens are its own. Where it keeps its settings and logs in is the user's.
 */
const outerAgents =
	/^(AI_AGENT|CLAUDECODE|CLAUDE_(?:PID|EFFORT)|CLAUDE_CODE_(?:SESSION_.*|CHILD_.*|MESSAGING_.*|ENTRYPOINT|EXECPATH|SSE_PORT|SANDBOXED)|CODEX_(?:(?:SESSION|THREAD|TOOL_CALL)_ID|SANDBOX.*|NETWORK_.*|MANAGED_.*|APPLY_PATCH_.*|PERMISSION_PROFILE|VERSION|CI))$/;

function isDropped(name: string): boolean {
	return dropped.test(name) || outerAgents.test(name);
}

export interface AgentPlace {
	/** Socket on which the agent's own verbs reach weir. */
	readonly socket: string;
	/** Says who speaks, for this generation only. */
	readonly token: string;
	readonly generation: number;
	/** Folder that holds nothing but the command `weir`. */
	readonly shim: string;
}

export function agentEnvironment(
	client: Variables,
	agent: Agent,
	place: AgentPlace,
): Variables {
	const kept = Object.fromEntries(
		Object.entries(client).filter(([name]) => !isDropped(name)),
	);
	const ports = Object.fromEntries(
		Array.from({ length: agent.ports.count }, (_, index) => [
			index === 0 ? 'WEIR_PORT' : `WEIR_PORT_${index}`,
			String(agent.ports.first + index),
		]),
	);
	return {
		...kept,
		...ports,
		TERM: 'xterm-256color',
		COLORTERM: 'truecolor',
		PATH: pathOf(client, place.shim),
		PWD: agent.path,
		WEIR_AGENT: agent.name,
		WEIR_GENERATION: String(place.generation),
		WEIR_SOCKET: place.socket,
		WEIR_TOKEN: place.token,
	};
}

/** A shell of the user's in an agent's worktree: theirs, so it speaks with no token. */
export function shellEnvironment(client: Variables, agent: Agent): Variables {
	const kept = Object.fromEntries(
		Object.entries(client).filter(([name]) => !isDropped(name)),
	);
	return {
		...kept,
		TERM: 'xterm-256color',
		COLORTERM: 'truecolor',
		PATH: pathOf(client, null),
		PWD: agent.path,
	};
}

/** A gate's: it runs what agents wrote, so that it gets no secret but those that its setting names. */
export function gateEnvironment(client: Variables, named: readonly string[]): Variables {
	const kept = Object.fromEntries(
		Object.entries(client).filter(
			([name]) => named.includes(name) || !(isDropped(name) || secretName.test(name)),
		),
	);
	return { ...kept, CI: client.CI ?? 'true', TERM: 'dumb', PATH: pathOf(client, null) };
}

/**
 * The client's PATH. A client started by an npm script has the `node_modules/.bin` folders of that
 * script's project on it, and those above: they are npm's doing and not the user's.
 */
function pathOf(client: Variables, shim: string | null): string {
	const project = client.npm_config_local_prefix;
	const byNpm = (folder: string) => {
		const [, above] = /^(.*)\/node_modules\/\.bin\/?$/.exec(folder) ?? [];
		const inProject =
			project !== undefined &&
			above !== undefined &&
			`${project}/`.startsWith(`${above}/`);
		return inProject || /\/node-gyp-bin\/?$/.test(folder);
	};
	const folders = (client.PATH ?? '/usr/local/bin:/usr/bin:/bin')
		.split(':')
		.filter((folder) => !byNpm(folder) && folder !== shim);
	return (shim === null ? folders : [shim, ...folders]).join(':');
}
