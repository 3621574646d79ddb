// What keeps agents from writing outside their scope on this machine, and what would be stronger.
import { probeSandbox } from '../guard/sandbox/probe.ts';
import { good, type Probe, poor } from './doctor-check.ts';
import { reachRunning } from './reach.ts';
import type { Call } from './verb.ts';

export const probePrevention: Probe = async (call) => {
	if ((await modeInForce(call)) === 'detect')
		return poor(
			'nothing keeps agents from writing outside their scope: guard.mode is detect',
			'weir config set guard auto',
		);
	const { prevention, reason, allow } = await probeSandbox(call.environment);
	if (prevention === 'bubblewrap') return good('bubblewrap holds agents to their scope');
	const found =
		prevention === 'landlock'
			? `Landlock holds agents to their scope, less tightly: ${reason}`
			: `nothing keeps agents from writing outside their scope: ${reason}`;
	return poor(found, allow);
};

/** As settings say; null where no supervisor runs that has read them. */
async function modeInForce(call: Call): Promise<unknown> {
	const reached = await reachRunning(call);
	if (!reached.ok) return null;
	using connection = reached.value;
	const settings = await connection.request('settings.get', {});
	return settings.ok ? settings.value.values['guard.mode'] : null;
}
