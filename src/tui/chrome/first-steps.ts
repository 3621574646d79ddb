// What the empty screen says: what to press first, and what was found for it.
import { counted } from '../../lib/counted.ts';
import type { Surroundings } from '../../protocol/surroundings.ts';
import type { Reflection } from '../mirror.ts';
import { type Line, span, wrapText } from '../paint/spans.ts';
import type { View } from '../view.ts';

/** Keys by what they do, and a few words for each. */
export function firstSteps(
	{ state, repository }: Reflection,
	{ surroundings }: Pick<View, 'surroundings'>,
): readonly (readonly [key: string, text: string])[] {
	const kind = state.settings.defaultAgent ?? surroundings?.usual ?? null;
	const base = repository?.base ?? null;
	const what =
		kind === null
			? 'start one'
			: `start one with ${kind === 'shell' ? 'your shell' : kind}`;
	const from = base === null ? '' : `, from ${base}`;
	return [
		['{agent.new}', `${what} in a worktree of its own${from}`],
		['{palette.open}', 'all commands, by name'],
		['{help.open}', 'all keys'],
		['{quit.open}', 'leave; weir demo in a shell plays one'],
	];
}

/** As many rows as they may come to: nothing moves once they do. */
export const foundRows = 4;
export const foundWidth = 60;

/** CLIs, checks, and what of the user's work agents do not have. */
export function foundLines(
	{ state, repository }: Reflection,
	surroundings: Surroundings | null,
): readonly Line[] {
	if (surroundings === null) return [];
	const { clis, checks, dirty } = surroundings;
	const named = clis.map(({ name, version }) =>
		[name, version].filter(Boolean).join(' '),
	);
	const cli =
		named.length === 0
			? `found: none of the CLIs that weir knows: ${knownClis(state).join(', ')}`
			: `found: ${named.join(', ')}`;
	const check = checks.length === 0 ? [] : [`checks: ${checks.join(', ')} (not run)`];
	const base = repository?.base ?? 'the base';
	const left =
		dirty === 0
			? null
			: `agents start from the last commit of ${base}: ${counted(dirty, 'file')} that you changed since ${dirty === 1 ? 'is' : 'are'} not in it`;
	return [
		...wrapped([cli, ...check].join('  '), 'dim'),
		...(left === null ? [] : wrapped(left, 'warn')),
	].slice(0, foundRows);
}

/** A kind that is like itself is weir's own. */
function knownClis({ settings }: Reflection['state']): readonly string[] {
	const kinds = Object.entries(settings.agents);
	return kinds.filter(([name, { like }]) => name === like).map(([name]) => name);
}

function wrapped(text: string, role: 'dim' | 'warn'): Line[] {
	return wrapText(text, foundWidth).map((line): Line => [span(line, role)]);
}
