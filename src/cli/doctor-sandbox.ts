// What keeps agents from writing outside their scope on this machine, and what would be stronger.
import { probeSandbox } from '../guard/sandbox/probe.ts';
import { good, type Probe, poor } from './doctor-check.ts';

export const probePrevention: Probe = async (call) => {
	const { prevention, reason, allow } = await probeSandbox(call.environment);
	if (prevention === 'bubblewrap') return good('bubblewrap holds agents to their scope');
	const found =
		prevention === 'landlock'
			? `Landlock holds agents to their scope, less tightly: ${reason}`
			: `nothing keeps agents from writing outside their scope: ${reason}`;
	return poor(found, allow);
};
