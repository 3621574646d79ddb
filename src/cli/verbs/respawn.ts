// Starts agents' programs again.
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import { onAgents } from '../on-agents.ts';
import { environmentOf } from '../reach.ts';
import type { Call, Run } from '../verb.ts';

export const run: Run = async (call) => {
	const mode = modeOf(call);
	if (!mode.ok) return mode;
	const wait = !call.on('no-wait');
	const ask = {
		wait,
		mode: mode.value,
		note: call.text('note'),
		env: environmentOf(call),
	};
	return onAgents(call, {
		ask: (connection, agent) =>
			connection.request('respawn', { agent, ...ask }, { timeoutMs: null }),
		past: (_, { resumed }) => {
			if (!wait) return 'is being respawned';
			return resumed ? 'respawned, goes on with its conversation' : 'respawned';
		},
	});
};

const modes = ['fresh', 'resume', 'former'] as const;

function modeOf(call: Call): Outcome<(typeof modes)[number] | 'auto'> {
	const [mode, other] = modes.filter((one) => call.on(one));
	return other === undefined
		? ok(mode ?? 'auto')
		: refuse(
				'usage.flag',
				`--${mode} and --${other} contradict each other`,
				'weir help respawn',
			);
}
