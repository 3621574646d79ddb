// docs/attacks.md, from the tables that the test suite tries.
import type { Prevention } from '../src/domain/guard.ts';
import { lawfulDeeds } from '../tests/fixtures/attacks/lawful.ts';
import { attempts, type Layer, layers } from '../tests/fixtures/attacks/table.ts';

export function attacksPage(notice: string): string {
	return [
		'# Ways out of a scope, and what catches them',
		'',
		notice,
		'',
		'Each of these is tried by `npm test`, in the pane of an agent of the built program whose task',
		'is `src/**`, `notes/todo.md` and `lists/*.txt`: held by bubblewrap, held by Landlock, and by',
		'nothing (`guard: {mode: detect}`). The layer that has to catch it is named here beforehand. After',
		'each the suite compares the agent’s worktree outside of the scope, the other agent’s, the user’s',
		'checkout, refs, settings and home with what they were, and then tries to land all that the',
		'agent has, committed or not: nothing outside the scope has ever to reach the base, and nothing that',
		'an agent wrote has ever to be run by weir. A machine without bubblewrap or Landlock says so.',
		'The time that each took to be caught is printed by',
		'`npx vitest run tests/e2e/attacks`.',
		'',
		'| caught by | means |',
		'|---|---|',
		...Object.entries(layers).map(([layer, means]) => `| ${layer} | ${means} |`),
		'',
		...counts(),
		'',
		'| attempt | bubblewrap | Landlock | no sandbox |',
		'|---|---|---|---|',
		...attempts.map(
			({ name, by }) => `| ${name} | ${by.bubblewrap} | ${by.landlock} | ${by.none} |`,
		),
		'',
		'Where a sandbox holds a program nothing is marked `nothing`. Without one it can do whatever its user',
		'can: write the user’s files, hooks and settings, read another agent’s memory, type into its',
		'terminal, kill the supervisor. There is no other account that would tell such a write from one of',
		'yours, and weir does not watch what is yours; so it is neither prevented nor told, and all that can be',
		'said is that it lands nothing through weir. A branch that was moved and moved back within a tenth of a',
		'second is told of by nobody.',
		'',
		'Under Landlock times and attributes of files outside can be changed, since it restricts no call that',
		'does so; that is told. As root an agent is held as any user is: it gives up its capabilities.',
		'',
		'## What an agent can do all the same',
		'',
		'Each is tried in the same pane and has to succeed:',
		'',
		...lawfulDeeds.map(({ name, but }) => {
			const not = Object.entries(but ?? {}).map(
				([held, why]) => ` (not under ${nameOf(held)}: ${why})`,
			);
			return `- ${name}${not.join('')}`;
		}),
		'- be interrupted, resized, stopped and brought back at its terminal',
		'',
	].join('\n');
}

function counts(): string[] {
	const of = (prevention: Prevention) =>
		(Object.keys(layers) as Layer[])
			.map((layer) => [
				layer,
				attempts.filter(({ by }) => by[prevention] === layer).length,
			])
			.filter(([, count]) => count !== 0)
			.map(([layer, count]) => `${layer} ${count}`)
			.join(', ');
	return [
		`Of ${attempts.length} attempts:`,
		'',
		`- bubblewrap: ${of('bubblewrap')}`,
		`- Landlock: ${of('landlock')}`,
		`- no sandbox: ${of('none')}`,
	];
}

function nameOf(prevention: string): string {
	return prevention === 'landlock' ? 'Landlock' : prevention;
}
