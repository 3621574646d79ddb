import { expect, test } from 'vitest';
import { agentEnvironment, secretsOf } from '../../../src/supervisor/environment.ts';
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

test('secrets are values of telling names, long enough not to black out words', () => {
	const secrets = secretsOf({
		API_KEY: 'abcdefgh',
		TOKEN: 'short',
		HOME: '/home/somebody',
	});
	expect(secrets).toEqual(['abcdefgh']);
});
