// What the screen of gates says where there is no table: how to set gates up, or what is missing.
import type { Area } from '../../domain/area.ts';
import { settingOf } from '../../domain/gates/detected-gate.ts';
import type { State } from '../../domain/state.ts';
import { withKeys } from '../keys/named-keys.ts';
import { bold, type Line, span, wrapText } from '../paint/spans.ts';
import type { View } from '../view.ts';

export function withoutTable(
	{ settings: { gates: set }, settingsTrusted }: State,
	{ keymap, gates }: View,
	{ width }: Pick<Area, 'width'>,
): readonly Line[] {
	const text = (words: string): Line[] =>
		wrapText(words, width - 2).map((line) => [span(` ${line}`)]);
	const { suggested } = gates;
	const settings =
		suggested.length === 0 ? ['  test: npm test'] : suggested.map(settingOf);
	const found = suggested.length === 0 ? '' : 'Its files suggest these; none was run. ';
	const code = (words: string): Line => [span(`   ${words}`, 'accent')];
	if (Object.keys(set).length === 0)
		return [
			[],
			[bold(' No gate is set up.')],
			[],
			...text(`${found}In .weir/config.yaml, or in your own config.yaml:`),
			[],
			code('gates:'),
			...settings.map(code),
			[],
			...text('What a repository names needs your trust once: weir trust.'),
			[],
			...text(
				'A gate is a command that says of a tree of files whether it is good: tests, types, a linter. weir runs gates beside each agent while it works.',
			),
		];
	const trust = settingsTrusted ? [] : [[], ...untrustedLines(width)];
	const agents = withKeys(
		'No agent has files yet: {agent.new} starts one.',
		keymap,
		'nav',
	);
	return [[], [bold(` ${agents}`)], ...trust];
}

/** That nothing runs as long as the settings are not trusted. */
export function untrustedLines(width: number): Line[] {
	return wrapText(untrusted, width - 2).map((line) => [span(` ${line}`, 'warn')]);
}

const untrusted =
	'The settings of this repository name gates and are not trusted: none of them runs. weir trust shows and trusts them.';
