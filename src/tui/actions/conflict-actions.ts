// What keys do about a conflict that others than its author are to resolve.
import { attend, type Controls, done, remark } from './controls.ts';

const size = { columns: 100, rows: 30 };

/** Another agent, of the author's kind where that is one of the settings, gets both sides. */
export async function integrate(
	controls: Controls,
	name: string,
	include: 'committed' | 'all',
): Promise<void> {
	controls.change({ kind: 'dialog', dialog: null });
	const started = await attend(
		controls,
		`starting an agent for the conflict of ${name}`,
		controls.ask('resolve', {
			...{ agent: name, include, by: 'agent', into: null, wait: true },
			...{ kind: null, argv: null, env: controls.environment, ...size },
		}),
	);
	if (!started) return;
	const { agent, told } = started;
	const has = `${agent.name} has the conflict of ${name}`;
	if (told) return done(controls, `${has} and is told to resolve it`);
	return remark(
		controls,
		`${has}; nobody was told`,
		`in a shell: weir shell ${agent.name}`,
	);
}
