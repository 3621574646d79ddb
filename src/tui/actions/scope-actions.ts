// Why an agent's state is shown and what holds it to its files, and letting it write more.
import type { Agent } from '../../domain/agent.ts';
import { mayBeCovered } from '../../domain/denial.ts';
import type { AgentId } from '../../domain/ids.ts';
import { patternsFor } from '../../domain/outside.ts';
import { refusal } from '../../lib/outcome.ts';
import { plainText } from '../../lib/plain-text.ts';
import { shellWord } from '../../lib/shell-word.ts';
import { explanationLines } from '../../protocol/explanation.ts';
import type { Dialog } from '../cards/dialog.ts';
import { outsideOf } from '../cards/merge-choice.ts';
import { ageOf } from '../chrome/age.ts';
import { commandWords } from '../chrome/command-words.ts';
import { emptyField, fieldOf } from '../chrome/text-field.ts';
import {
	attend,
	type Controls,
	done,
	focusedIn,
	forCard,
	openLate,
	openNow,
	remark,
} from './controls.ts';
import { openMerge } from './landing-actions.ts';

const longestLine = 1000;

/** Why its state is shown, what it may write, and what of its changes could not land. */
export async function showExplanation(controls: Controls): Promise<void> {
	const agent = focusedIn(controls);
	const asked = controls.view;
	if (!agent) return;
	const told = await forCard(
		controls,
		`asking why ${agent.name} is ${agent.report.state}`,
		controls.ask('explain', { agent: agent.id }),
	);
	if (!told) return;
	const now = Date.now();
	const lines = explanationLines(told, (since) => ageOf(since, now));
	openLate(controls, asked, {
		kind: 'why',
		agent: agent.id,
		title: `why ${agent.name} is ${told.agent.state}, and what it may write`,
		lines: lines.map((line) => {
			const indent = /^ */.exec(line)?.[0] ?? '';
			return indent + plainText(line, longestLine);
		}),
		top: 0,
		proposed: patternsFor(told.scope?.outside ?? []),
	});
}

export function openWiden(controls: Controls): void {
	const { dialog } = controls.view;
	const agent = aboutWhom(controls);
	if (agent === undefined) return;
	const proposed = proposedBy(dialog) ?? openOf(controls.state.agents[agent]);
	const patterns = fieldOf(proposed.map(shellWord).join(' '));
	openNow(controls, {
		kind: 'widen',
		agent,
		on: proposed.length > 0 ? 'reason' : 'patterns',
		patterns,
		reason: emptyField,
		problem: null,
		back: dialog,
	});
}

function aboutWhom(controls: Controls): AgentId | undefined {
	const { dialog } = controls.view;
	const shown =
		dialog?.kind === 'why' || dialog?.kind === 'merge' || dialog?.kind === 'outside';
	return shown ? dialog.agent : focusedIn(controls)?.id;
}

/** What would let land what is shown. */
function proposedBy(dialog: Dialog | null): readonly string[] | null {
	if (dialog?.kind === 'why') return dialog.proposed;
	return dialog?.kind === 'merge' ? patternsFor(outsideOf(dialog)) : null;
}

/** What would cover what it wrote outside, and what it was kept from writing. */
function openOf(agent: Agent | undefined): readonly string[] {
	const written = agent?.trespasses?.paths ?? [];
	const paths = [...written, ...(agent?.denied.paths ?? [])].map(({ path }) => path);
	const inside = [...new Set(paths)].filter(mayBeCovered);
	return patternsFor(
		inside.map((path) => ({ path, reason: 'not-covered', about: null })),
	);
}

export async function widen(
	controls: Controls,
	dialog: Extract<Dialog, { kind: 'widen' }>,
): Promise<void> {
	const { agent, reason } = dialog;
	const patterns = commandWords(dialog.patterns.text);
	const name = controls.state.agents[agent]?.name ?? '';
	const why = reason.text.trim();
	const stays = (on: 'patterns' | 'reason', problem: typeof dialog.problem) =>
		openNow(controls, { ...dialog, on, problem });
	if (patterns === null) return stays('patterns', openQuote);
	if (patterns.length === 0) return stays('patterns', nothingNamed);
	if (why === '') return stays('reason', noReason);
	const added = await attend(
		controls,
		`letting ${name} write ${patterns.join(', ')}`,
		controls.ask('scope.add', { agent, patterns, why }),
		({ refusal: no }) => {
			stays(no.code === 'scope.no-reason' ? 'reason' : 'patterns', no);
			return true;
		},
	);
	if (!added) return;
	if (controls.view.dialog?.kind !== 'widen') return;
	controls.change({ kind: 'dialog', dialog: null });
	// What it kept from landing is to be seen anew.
	if (dialog.back?.kind === 'merge') await openMerge(controls);
	const more = `${name} may write ${patterns.join(', ')} as well`;
	if (added.note)
		remark(controls, `${more}; ${added.note.text}`, '{agent.respawn} starts it again');
	else done(controls, more);
}

const openQuote = refusal(
	'scope.quote',
	'the patterns open a quotation mark and do not close it',
	'add the other one, or put a backslash before it',
);
const nothingNamed = refusal(
	'scope.nothing',
	'name what it may write',
	"type a file, a folder with /** behind it, or a pattern such as '*.md'",
);
const noReason = refusal(
	'scope.no-reason',
	'the journal keeps why it may write more',
	'type a few words',
);
