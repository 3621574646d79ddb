// What a pane says while its program has no screen: how far its worktree is, or why there is none.
import type { Agent } from '../../domain/agent.ts';
import { isByHand } from '../../domain/resolving.ts';
import type { Observation } from '../../protocol/observation.ts';
import type { Keymap } from '../keys/keymap.ts';
import { withKeys } from '../keys/named-keys.ts';
import type { Glyphs } from '../look/glyphs.ts';
import { signOf, wordOf } from '../look/state-signs.ts';
import { bold, fitLine, type Line, span, wrapText } from '../paint/spans.ts';

/** Lines for the middle of a pane; none where its screen is shown or will be in a moment. */
export function paneNote(
	agent: Agent,
	{ progress }: Observation,
	width: number,
	glyphs: Glyphs,
	keymap: Keymap,
): readonly Line[] {
	const room = Math.max(10, Math.min(width - 4, 64));
	const { life } = agent;
	if (life.kind === 'failed') {
		const { message, allow } = life.refusal;
		return [
			[bold(`${glyphs.fail} ${failedSteps[life.step]}`, 'bad')],
			[],
			...wrapText(message, room).map((text): Line => [span(text)]),
			...(allow === undefined
				? []
				: wrapText(allow, room).map((text): Line => [span(text, 'accent')])),
			[],
			[
				span(
					withKeys(
						'{agent.respawn} tries again, {agent.remove} removes it',
						keymap,
						'nav',
					),
					'dim',
				),
			],
		];
	}
	if (progress) {
		const { label, done, total } = progress;
		if (total === null || total === 0)
			return [[span(label), span(`  ${done.toLocaleString('en')}`, 'dim')]];
		const cells = Math.min(30, room);
		const full = Math.round((cells * Math.min(done, total)) / total);
		const count = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
		return [
			[span(label)],
			[
				span(glyphs.barFull.repeat(full), 'run'),
				span(glyphs.barEmpty.repeat(cells - full), 'dim'),
			],
			[span(count, 'dim')],
		];
	}
	// Its screen went with its holder.
	if (life.kind === 'ended') return endedNote(agent, room, glyphs, keymap);
	const doing = waiting(agent);
	return doing === null ? [] : [fitLine([span(doing, 'dim')], width, glyphs.ellipsis)];
}

function endedNote(
	agent: Agent,
	room: number,
	glyphs: Glyphs,
	keymap: Keymap,
): readonly Line[] {
	const { glyph, role } = signOf(agent);
	return [
		[bold(`${glyphs[glyph]} ${wordOf(agent, glyphs)}`, role)],
		[],
		...wrapText(agent.report.why ?? '', room).map((text): Line => [span(text)]),
		[],
		[
			span(
				withKeys(
					isByHand(agent)
						? `weir merge ${agent.name} --resolve goes on, {agent.remove} gives the conflict back`
						: '{agent.respawn} respawns it, {agent.remove} removes it',
					keymap,
					'nav',
				),
				'dim',
			),
		],
	];
}

const failedSteps = {
	worktree: 'its worktree could not be created',
	setup: 'its set-up failed',
	spawn: 'its program could not be started',
	restore: 'its worktree could not be restored',
} as const;

function waiting({ life }: Agent): string | null {
	switch (life.kind) {
		case 'preparing':
			return {
				worktree: 'creating its worktree',
				setup: 'set-up begins',
				spawn: 'starting its program',
			}[life.step];
		case 'removing':
			return 'removing its worktree, after a snapshot';
		case 'restoring':
			return 'bringing its worktree back';
		default:
			return null;
	}
}
