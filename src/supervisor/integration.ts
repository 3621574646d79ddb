// The branch that takes landings while the base is checked out with changes in the way.
import { branchTip } from '../git/base.ts';
import { changeRefs } from '../git/refs.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { Desk } from './session.ts';

/** `<prefix>integration`, created at the base where there is none. */
export async function ensureIntegration(
	desk: Desk,
	base: string,
): Promise<Outcome<string>> {
	const { repository } = desk.world;
	const branch = `${desk.loop.state.settings.branch.prefix}integration`;
	if ((await branchTip(repository, branch)) !== null) return ok(branch);
	const tip = await branchTip(repository, base);
	if (tip === null)
		return refuse('base.unknown', `there is no branch ${base}`, 'git branch');
	const made = await repository.lanes.refs.run(() =>
		changeRefs(
			repository.place,
			[{ ref: `refs/heads/${branch}`, from: null, to: tip }],
			'weir: integration',
		),
	);
	return made.ok ? ok(branch) : made;
}
