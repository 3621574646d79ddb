// What keys do to the agent in focus: each asks the supervisor, and asks the user first where
// something would be lost.
import { type Agent, hasProgram } from '../domain/agent.ts';
import { arrange } from '../domain/layout.ts';
import { plainText } from '../lib/plain-text.ts';
import { attend, type Controls, done } from './controls.ts';
import type { Dialog } from './dialog.ts';
import { whyNotLand } from './merge-choice.ts';
import { refusalMessage } from './message-line.ts';
import { emptyField, fieldOf } from './text-field.ts';
import { focusedAgent, shownAgents } from './view.ts';

export async function killAgent(controls: Controls): Promise<void> {
	const agent = focused(controls);
	if (!agent) return;
	const loss = await attend(
		controls,
		`looking at ${agent.name}`,
		controls.ask('loss', { agent: agent.name }),
	);
	if (!loss) return;
	if (loss.running === null && loss.uncommitted.length === 0)
		return killNow(controls, agent.name);
	open(controls, { kind: 'loss', deed: 'kill', agent: agent.id, loss });
}

export async function killNow(controls: Controls, name: string): Promise<void> {
	const killed = await attend(
		controls,
		`killing ${name}`,
		controls.ask('kill', { agent: name, wait: true }),
	);
	if (killed) done(controls, `killed ${name}; its worktree stays`, 'R respawns it');
}

export async function respawnAgent(controls: Controls): Promise<void> {
	const agent = focused(controls);
	if (!agent) return;
	const { environment: env } = controls;
	const answer = await attend(
		controls,
		`starting ${agent.name}`,
		controls.ask('respawn', { agent: agent.name, wait: true, env: { ...env } }),
	);
	if (answer) done(controls, `started ${agent.name} again`);
}

export async function pauseAgent(controls: Controls): Promise<void> {
	const agent = focused(controls);
	if (!agent) return;
	const paused = agent.life.kind === 'running' && agent.life.paused;
	const operation = paused ? 'resume' : 'pause';
	const answer = await attend(
		controls,
		paused ? `letting ${agent.name} go on` : `pausing ${agent.name}`,
		controls.ask(operation, { agent: agent.name, wait: true }),
	);
	if (answer)
		done(
			controls,
			paused ? `${agent.name} goes on` : `paused ${agent.name}`,
			paused ? null : 'p lets it go on',
		);
}

export async function removeAgent(controls: Controls): Promise<void> {
	const agent = focused(controls);
	if (!agent) return;
	const loss = await attend(
		controls,
		`looking at ${agent.name}`,
		controls.ask('loss', { agent: agent.name }),
	);
	if (!loss) return;
	const { uncommitted, unmergedCommits, ignored } = loss;
	const keeps = uncommitted.length + unmergedCommits.length + ignored.files === 0;
	if (keeps && !hasProgram(agent)) return removeNow(controls, agent.name);
	const running = loss.running ?? (hasProgram(agent) ? 'its program' : null);
	open(controls, {
		kind: 'loss',
		deed: 'remove',
		agent: agent.id,
		loss: { ...loss, running },
	});
}

export async function removeNow(controls: Controls, name: string): Promise<void> {
	const removed = await attend(
		controls,
		`removing ${name}`,
		controls.ask('remove', { agent: name, wait: true }),
	);
	if (removed) done(controls, `removed ${name}; a snapshot is kept`, 'u brings it back');
}

export async function showDiff(controls: Controls): Promise<void> {
	const agent = focused(controls);
	if (!agent) return;
	const diff = await attend(
		controls,
		`reading the diff of ${agent.name}`,
		controls.ask('diff', { agent: agent.name, stat: false }),
	);
	if (!diff) return;
	const text = diff.text.replace(/\n$/, '');
	const lines = text === '' ? [] : text.split('\n').map(readable);
	if (lines.length === 0)
		return done(
			controls,
			`${agent.name} has changed nothing since it left ${agent.base.branch}`,
		);
	open(controls, {
		kind: 'text',
		title: `diff of ${agent.name} against ${agent.base.branch}`,
		lines,
		top: 0,
		truncated: diff.truncated,
	});
}

export async function openMerge(controls: Controls): Promise<void> {
	const agent = focused(controls);
	if (!agent) return;
	const preview = await attend(
		controls,
		`looking at the merge of ${agent.name}`,
		controls.ask('merge.preview', { agent: agent.name, into: null }),
	);
	if (!preview) return;
	open(controls, {
		kind: 'merge',
		agent: agent.id,
		preview,
		include: 'committed',
		strategy: preview.strategy,
		message: fieldOf(preview.message),
		editing: false,
	});
}

export async function landMerge(
	controls: Controls,
	dialog: Extract<Dialog, { kind: 'merge' }>,
): Promise<void> {
	const why = whyNotLand(dialog);
	if (why !== null) return controls.say(refusalMessage(why));
	const { preview, include, strategy, message } = dialog;
	const { name, base } = preview;
	controls.change({ kind: 'dialog', dialog: null });
	const landed = await attend(
		controls,
		`merging ${name} into ${base}`,
		controls.ask('merge', {
			agent: name,
			wait: true,
			into: null,
			strategy,
			message: message.text.trim() === '' ? null : message.text,
			include,
		}),
	);
	if (!landed) return;
	if (landed.phase === 'conflicted')
		return open(controls, {
			kind: 'conflict',
			agent: dialog.agent,
			name,
			base,
			files: landed.files,
		});
	const checkout =
		landed.checkout === 'updated'
			? '; your checkout was updated'
			: landed.checkout === 'pending'
				? '; your checkout waits, see weir status'
				: '';
	done(controls, `merged ${name} into ${base}${checkout}`, 'u takes it back');
}

export async function handOff(controls: Controls, name: string): Promise<void> {
	controls.change({ kind: 'dialog', dialog: null });
	const answer = await attend(
		controls,
		`handing the conflict to ${name}`,
		controls.ask('hand-off', { agent: name, wait: true, into: null }),
	);
	if (!answer) return;
	const count = answer.files.length;
	done(
		controls,
		count === 0
			? `the base is in the worktree of ${name} now, without a conflict`
			: `${name} has the conflict in ${count === 1 ? answer.files[0] : `${count} files`} now`,
	);
}

export async function undo(controls: Controls, revert: boolean): Promise<void> {
	const undone = await attend(
		controls,
		'taking it back',
		controls.ask('undo', { landing: null, revert, wait: true }),
		({ refusal }) => {
			const revertible = ['undo.built-on', 'undo.pushed'].includes(refusal.code);
			if (revertible && !revert)
				open(controls, { kind: 'revert', landing: null, why: refusal.message });
			return revertible && !revert;
		},
	);
	if (undone) done(controls, `took back the ${undone.undone}`);
}

export function openNew(controls: Controls): void {
	open(controls, {
		kind: 'new',
		on: 'name',
		name: emptyField,
		command: emptyField,
		problem: null,
	});
}

export async function createAgent(
	controls: Controls,
	dialog: Extract<Dialog, { kind: 'new' }>,
): Promise<void> {
	const name = dialog.name.text.trim();
	const argv = wordsOf(dialog.command.text);
	const problem = (text: string) =>
		controls.change({ kind: 'dialog', dialog: { ...dialog, problem: text } });
	if (name === '') return problem('a name, such as api');
	if (argv === null) return problem('a quotation mark is missing');
	const { environment: env } = controls;
	const created = await attend(
		controls,
		`creating ${name}`,
		controls.ask('new', {
			name,
			kind: null,
			argv: argv.length === 0 ? null : argv,
			base: null,
			prompt: null,
			env: { ...env },
			wait: false,
			...sizeOfNew(controls),
		}),
		({ refusal }) => {
			problem(refusal.message);
			return true;
		},
	);
	if (!created) return;
	if (controls.view.dialog?.kind === 'new')
		controls.change({ kind: 'dialog', dialog: null });
	const agent = shownAgents(controls.state).find((one) => one.name === name);
	if (agent) controls.change({ kind: 'focus', agent: agent.id });
}

/** Words as a shell would part them, quotation marks and backslashes included; null if one is open. */
export function wordsOf(line: string): string[] | null {
	const words: string[] = [];
	let word: string | null = null;
	let quote: string | null = null;
	for (let at = 0; at < line.length; at += 1) {
		const one = line.charAt(at);
		if (one === '\\' && quote !== "'" && at + 1 < line.length) {
			at += 1;
			word = (word ?? '') + line.charAt(at);
		} else if (quote !== null) {
			if (one === quote) quote = null;
			else word = (word ?? '') + one;
		} else if (one === '"' || one === "'") {
			quote = one;
			word ??= '';
		} else if (/\s/.test(one)) {
			if (word !== null) words.push(word);
			word = null;
		} else word = (word ?? '') + one;
	}
	if (quote !== null) return null;
	if (word !== null) words.push(word);
	return words;
}

/** The size of the tile that the next agent will have, so that it starts in it. */
function sizeOfNew({ state, view }: Controls): { columns: number; rows: number } {
	const { columns, rows, layout: kind, split } = view;
	const panes = [...shownAgents(state).map(({ id }): string => id), 'new'];
	const { tiles } = arrange({
		columns,
		rows,
		panes,
		focus: 'new',
		zoom: false,
		kind,
		split,
	});
	const inner = tiles.find(({ pane }) => pane === 'new')?.inner;
	return inner
		? { columns: inner.width, rows: inner.height }
		: { columns: 100, rows: 30 };
}

function open(controls: Controls, dialog: Dialog): void {
	controls.change({ kind: 'dialog', dialog });
}

function focused(controls: Controls): Agent | null {
	return focusedAgent(controls.state, controls.view);
}

const longestLine = 1000;

function readable(line: string): string {
	const lead = /^\t+/.exec(line.slice(1))?.[0].length ?? 0;
	const text = line.charAt(0) + '  '.repeat(lead) + line.slice(1 + lead);
	const kept = /^\s*/.exec(text)?.[0] ?? '';
	return kept + plainText(text.replaceAll('\t', '  '), longestLine);
}
