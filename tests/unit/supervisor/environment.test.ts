import { expect, test } from 'vitest';
import { agentEnvironment } from '../../../src/supervisor/environment.ts';
import { Core } from '../../support/domain.ts';

function environmentOf(client: Record<string, string>) {
	const core = new Core();
	core.running('api');
	return agentEnvironment(client, core.agent('api'), {
		socket: '/run/agent.sock',
		token: 'secret-token-of-it',
		generation: 3,
		shim: '/state/bin',
	});
}

test('an agent gets the environment of the client, less what would lie inside a pane', () => {
	const given = environmentOf({
		HOME: '/home/me',
		API_KEY: 'k',
		TMUX: '/tmp/tmux',
		TERM: 'dumb',
		TERM_PROGRAM: 'x',
		npm_config_cache: '/c',
		NODE_ENV: 'production',
		WEIR_TOKEN: 'of another',
	});
	expect(given).toMatchObject({
		HOME: '/home/me',
		API_KEY: 'k',
		TERM: 'xterm-256color',
		WEIR_AGENT: 'api',
		WEIR_GENERATION: '3',
		WEIR_TOKEN: 'secret-token-of-it',
		WEIR_PORT: '42000',
		WEIR_PORT_9: '42009',
	});
	for (const name of ['TMUX', 'TERM_PROGRAM', 'npm_config_cache', 'NODE_ENV']) {
		expect(given).not.toHaveProperty(name);
	}
});

test('only the folders that npm put on the PATH are taken off it', () => {
	const { PATH } = environmentOf({
		npm_config_local_prefix: '/work/app',
		PATH: '/work/app/node_modules/.bin:/work/node_modules/.bin:/npm/node-gyp-bin:/opt/cli/node_modules/.bin:/usr/bin',
	});
	expect(PATH).toBe('/state/bin:/opt/cli/node_modules/.bin:/usr/bin');
});

test('an agent gets nothing of the agent CLI that weir was called in, but where it is set up and logs in', () => {
	const inside = {
		AI_AGENT: 'claude-code_2-1-330_agent',
		CLAUDECODE: '1',
		CLAUDE_PID: '7709',
		CLAUDE_EFFORT: 'medium',
		CLAUDE_CODE_SESSION_ID: 'f5cf289c',
		CLAUDE_CODE_SESSION_ATTENDED: '1',
		CLAUDE_CODE_CHILD_NOTES_DIR: '/tmp/notes',
		CLAUDE_CODE_MESSAGING_SOCKET: '/run/7709.sock',
		CLAUDE_CODE_MESSAGING_TOKEN: '28285fff',
		CLAUDE_CODE_ENTRYPOINT: 'cli',
		CLAUDE_CODE_EXECPATH: '/bin/claude',
		CLAUDE_CODE_SANDBOXED: '1',
		CODEX_CI: '1',
		CODEX_SESSION_ID: '01a2',
		CODEX_THREAD_ID: '01a2',
		CODEX_TOOL_CALL_ID: 'exec-1',
		CODEX_SANDBOX_NETWORK_DISABLED: '1',
		CODEX_MANAGED_PACKAGE_ROOT: '/codex',
		CODEX_VERSION: '0.169.0',
	};
	const users = {
		CLAUDE_CONFIG_DIR: '/home/me/claude',
		CLAUDE_CODE_OAUTH_TOKEN: 'login',
		CLAUDE_CODE_USE_BEDROCK: '1',
		CODEX_HOME: '/home/me/codex',
		CODEX_API_KEY: 'login',
	};
	const given = environmentOf({ ...inside, ...users });
	expect(given).toMatchObject(users);
	for (const name of Object.keys(inside)) expect(given).not.toHaveProperty(name);
});
