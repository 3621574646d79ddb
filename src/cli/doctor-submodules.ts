// Whether agents find submodules filled in their worktrees.
import { fillSubmodules, nameSome } from '../git/gitlinks.ts';
import { readCommit } from '../git/refs.ts';
import { openRepository } from '../git/repository.ts';
import { good, type Probe, poor } from './doctor-check.ts';
import { reachRunning } from './reach.ts';
import type { Call } from './verb.ts';

export const probeSubmodules: Probe = async (call) => {
	const opened = await openRepository(call.folder);
	if (!opened.ok) return good('not looked for: there is no repository');
	const { place, readings } = opened.value;
	const head = await readCommit(place, 'HEAD');
	const folders = head === null ? [] : await readings.gitlinks.of(head);
	if (folders.length === 0) return good('none');
	const found = `empty in worktrees of agents, unless worktree.setup fills them: ${nameSome(folders)}`;
	return (await hasSetup(call)) ? good(found) : poor(found, fillSubmodules);
};

/** Only a supervisor knows the settings: without one, what is said holds either way. */
async function hasSetup(call: Call): Promise<boolean> {
	const reached = await reachRunning(call);
	if (!reached.ok) return false;
	using connection = reached.value;
	const settings = await connection.request('settings.get', {});
	return settings.ok && (settings.value.values['worktree.setup'] ?? null) !== null;
}
