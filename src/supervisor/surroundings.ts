// What is there for a first agent: CLIs on the PATH of whoever asks, checks of the repository, and
// whether the user's own changes are among what agents start from. For the empty screen; nobody waits.
import { builtInKinds } from '../agents/registry.ts';
import { mainStatus } from '../git/porcelain.ts';
import { counted } from '../lib/counted.ts';
import { ok } from '../lib/outcome.ts';
import { toldVersion } from '../lib/told-version.ts';
import type { Remark } from '../protocol/requests/agent-requests.ts';
import type { FoundCli } from '../protocol/surroundings.ts';
import { findCommand } from '../terminal/command.ts';
import type { Variables } from './environment.ts';
import { gatesIn } from './found-gates.ts';
import { usualKind } from './new-agent-checks.ts';
import type { Desk, Handler } from './session.ts';

export const handleSurroundings: Handler<'surroundings'> = async ({ env }, desk) => {
	const [clis, found, dirty] = await Promise.all([
		clisOn(env),
		gatesIn(desk.facts().root),
		filesLeftOut(desk),
	]);
	const checks = found.map(({ name }) => name);
	return ok({ usual: usualKind(env), clis, checks, dirty });
};

/** A CLI that takes longer to say its version is named without one. */
const patienceMs = 5000;

async function clisOn(env: Variables): Promise<FoundCli[]> {
	const found = await Promise.all(
		Object.entries(builtInKinds).map(
			async ([name, { command }]): Promise<FoundCli | null> => {
				const program = findCommand({ argv: command, cwd: '/', env });
				if (!program.ok) return null;
				return { name, version: await toldVersion(program.value, env, patienceMs) };
			},
		),
	);
	return found.filter((cli) => cli !== null);
}

/** Files of the user's checkout of the base that differ from its last commit: no agent has them so. */
async function filesLeftOut(desk: Desk): Promise<number> {
	const status = await mainStatus(desk.world.repository).catch(() => null);
	if (status?.branch !== desk.facts().base) return 0;
	return status.dirty.filter((path) => !path.startsWith('.weir/')).length;
}

/** For who starts the first agent of a repository: what of their work it does not have. */
export async function remarkOnDirt(desk: Desk): Promise<Remark | null> {
	const files = await filesLeftOut(desk);
	if (files === 0) return null;
	return {
		text: `agents start from the last commit of ${desk.facts().base}; ${counted(files, 'file')} that you changed since ${files === 1 ? 'is' : 'are'} not in it`,
		allow: 'commit them first, or: weir new NAME --worktree .',
	};
}
