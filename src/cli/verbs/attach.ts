// Opens the panes: asks for the TUI, which `bin` loads.
import { installedVersion } from '../../lib/installation.ts';
import { ok, refuse } from '../../lib/outcome.ts';
import { appearanceOf } from '../appearance.ts';
import { homeOf } from '../reach.ts';
import type { Run } from '../verb.ts';

export const run: Run = async (call) => {
	if (call.environment.WEIR_AGENT) {
		return refuse(
			'identity.nested',
			`this is the pane of the agent ${call.environment.WEIR_AGENT}: weir does not open inside weir`,
			'press the leader (ctrl+space, if you chose no other), then ? for what you can do here, or open weir in a terminal outside',
		);
	}
	const commonDir = await homeOf(call);
	if (!commonDir.ok) return commonDir;
	return ok({
		door: 'tui',
		options: {
			commonDir: commonDir.value,
			environment: call.environment,
			version: installedVersion,
			attachTo: call.words[0] ?? null,
			appearance: appearanceOf(call),
			checklist: null,
		},
	});
};
