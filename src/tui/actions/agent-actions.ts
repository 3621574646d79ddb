// What keys do to the agent in focus: each asks the supervisor, and asks the user first where
// something would be lost.
import { type Agent, hasProgram } from '../../domain/agent.ts';
import { counted } from '../../lib/counted.ts';
import { plainText } from '../../lib/plain-text.ts';
import { headsOutside, outsideMark } from '../../protocol/marked-diff.ts';
import type { Loss } from '../../protocol/requests/agent-requests.ts';
import type { Dialog } from '../cards/dialog.ts';
import {
	attend,
	type Controls,
	done,
	focusedIn,
	forCard,
	openLate,
	remark,
} from './controls.ts';

export function killAgent(controls: Controls): Promise<void> {
	const agent = focusedIn(controls);
	// What it would lose has been shown.
	if (agent?.life.kind === 'stopping') return killAtOnce(controls, agent.name);
	return endProgram(controls, 'kill', killNow);
}

export function killNow(controls: Controls, name: string): Promise<void> {
	return kill(controls, name, `killing ${name}; {agent.kill} again ends it at once`);
}

function killAtOnce(controls: Controls, name: string): Promise<void> {
	return kill(controls, name, `killing ${name} at once`);
}

async function kill(controls: Controls, name: string, what: string): Promise<void> {
	const asked = controls.ask('kill', { agent: name, wait: true });
	const killed = await attend(controls, what, asked);
	if (killed?.agent.life === 'failed')
		done(controls, `broke off the start of ${name}`, '{agent.respawn} goes on with it');
	else if (killed)
		done(controls, `killed ${name}; its worktree stays`, '{agent.respawn} respawns it');
}

export function respawnAgent(controls: Controls): Promise<void> {
	return startAgain(controls, 'respawn', respawnNow);
}

/** With the conversation that its last start left, else with none. */
export function respawnOtherwise(controls: Controls): Promise<void> {
	return startAgain(controls, 'respawn otherwise', respawnOtherwiseNow);
}

export function respawnNow(controls: Controls, name: string): Promise<void> {
	return respawn(controls, name, 'auto');
}

export function respawnOtherwiseNow(controls: Controls, name: string): Promise<void> {
	return respawn(controls, name, 'other');
}

async function startAgain(
	controls: Controls,
	deed: 'respawn' | 'respawn otherwise',
	now: (controls: Controls, name: string) => Promise<void>,
): Promise<void> {
	const agent = focusedIn(controls);
	if (!agent) return;
	return hasProgram(agent) ? endProgram(controls, deed, now) : now(controls, agent.name);
}

async function respawn(
	controls: Controls,
	name: string,
	mode: 'auto' | 'other',
): Promise<void> {
	const { environment: env } = controls;
	const answer = await attend(
		controls,
		`starting ${name}`,
		controls.ask('respawn', { agent: name, wait: true, mode, env: { ...env } }),
	);
	if (!answer) return;
	const left = Object.values(controls.state.agents).some(
		({ id, former }) => id === answer.agent.id && former !== null,
	);
	if (answer.resumed)
		done(
			controls,
			`respawned ${name}, goes on with its conversation`,
			'{agent.otherwise} begins anew',
		);
	else if (left)
		done(
			controls,
			`respawned ${name}, begins anew`,
			'{agent.otherwise} goes on with the conversation before',
		);
	else done(controls, `started ${name} again`);
}

export async function pauseAgent(controls: Controls): Promise<void> {
	const agent = focusedIn(controls);
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
			paused ? null : '{agent.pause} lets it go on',
		);
}

/** All that are paused, or that their holder or machine took along. */
export async function resumeAll(controls: Controls): Promise<void> {
	const { environment: env } = controls;
	const answer = await attend(
		controls,
		'resuming all',
		controls.ask('resume.all', { wait: true, env: { ...env } }),
	);
	if (!answer) return;
	const { agents, refusals } = answer;
	const [no] = refusals;
	const some = counted(agents.length, 'agent');
	if (no) remark(controls, `${some} resumed; ${no.agent}: ${no.message}`, no.allow);
	else done(controls, `${some} resumed`);
}

export async function removeAgent(controls: Controls): Promise<void> {
	const agent = focusedIn(controls);
	const asked = controls.view;
	if (!agent) return;
	const loss = await lossOf(controls, agent);
	if (!loss) return;
	const { shells, uncommitted, unmergedCommits, ignored } = loss;
	const lost = uncommitted.length + unmergedCommits.length + ignored.files;
	const keeps = lost + shells === 0;
	if (keeps && !hasProgram(agent)) return removeNow(controls, agent.name);
	const beside = shells > 0 ? counted(shells, 'shell') : null;
	const running = loss.running ?? (hasProgram(agent) ? 'its program' : beside);
	openLate(controls, asked, {
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
	if (!removed) return;
	const { snapshot, branch, teardown } = removed;
	if (teardown !== null)
		remark(controls, `removed ${name}, but worktree.teardown ${teardown}`);
	else if (snapshot !== null)
		done(controls, `removed ${name}; a snapshot is kept`, '{undo.open} brings it back');
	else if (branch === null) done(controls, `removed ${name}; it had nothing to keep`);
	else done(controls, `removed ${name}; its commits stay on ${branch}`);
}

export async function showDiff(
	controls: Controls,
	back: Dialog | null = null,
): Promise<void> {
	const agent = focusedIn(controls);
	const asked = controls.view;
	if (!agent) return;
	const diff = await forCard(
		controls,
		`reading the diff of ${agent.name}`,
		controls.ask('diff', { agent: agent.name, stat: false }),
	);
	if (!diff) return;
	const text = diff.text.replace(/\n$/, '');
	const heads = headsOutside(diff.outside ?? []);
	const lines =
		text === ''
			? []
			: text.split('\n').map((line) => readable(line) + (heads(line) ? outsideMark : ''));
	if (lines.length === 0)
		return done(
			controls,
			`${agent.name} has changed nothing since it left ${agent.base.branch}`,
		);
	openLate(controls, asked, {
		kind: 'text',
		shows: 'diff',
		title: `diff of ${agent.name} against ${agent.base.branch}`,
		lines,
		top: 0,
		truncated: diff.truncated,
		back,
	});
}

/** Ends a program, at once where nothing is lost by it. */
async function endProgram(
	controls: Controls,
	deed: 'kill' | 'respawn' | 'respawn otherwise',
	now: (controls: Controls, name: string) => Promise<void>,
): Promise<void> {
	const agent = focusedIn(controls);
	const asked = controls.view;
	if (!agent) return;
	const loss = await lossOf(controls, agent);
	if (!loss) return;
	if (loss.running === null && loss.uncommitted.length === 0)
		return now(controls, agent.name);
	openLate(controls, asked, { kind: 'loss', deed, agent: agent.id, loss });
}

/** What the end of an agent's program, or of all of it, would lose. */
function lossOf(controls: Controls, { name }: Agent): Promise<Loss | null> {
	return forCard(controls, `looking at ${name}`, controls.ask('loss', { agent: name }));
}

const longestLine = 1000;

function readable(line: string): string {
	const lead = /^\t+/.exec(line.slice(1))?.[0].length ?? 0;
	const text = line.charAt(0) + '  '.repeat(lead) + line.slice(1 + lead);
	const kept = /^\s*/.exec(text)?.[0] ?? '';
	return kept + plainText(text.replaceAll('\t', '  '), longestLine);
}
