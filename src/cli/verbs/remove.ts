// Takes worktrees away.
import { counted } from '../../lib/counted.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import type { ClientResponses } from '../../protocol/client.ts';
import type { Loss } from '../../protocol/requests/agent-requests.ts';
import { confirm } from '../confirm.ts';
import { onAgents } from '../on-agents.ts';
import { tell } from '../print.ts';
import type { Run } from '../verb.ts';

export const run: Run = (call) =>
	onAgents<ClientResponses['remove']>(call, {
		past: (name, { snapshot, branch }) => {
			if (snapshot !== null) return `removed; weir restore ${name} brings it back`;
			return branch === null
				? 'removed; it had nothing to keep'
				: `removed; it had no files to keep, its commits stay on ${branch}`;
		},
		ask: async (connection, agent) => {
			const about = { agent, wait: true };
			const removed = await connection.request('remove', about, { timeoutMs: null });
			const wrong = removed.ok ? removed.value.teardown : null;
			if (wrong !== null) tell(`weir: worktree.teardown of ${agent} ${wrong}`);
			return removed;
		},
		confirm: async (connection, agent) => {
			if (call.on('yes')) return ok(undefined);
			const loss = await connection.request('loss', { agent }, { timeoutMs: null });
			return loss.ok ? confirmLoss(loss.value, call.json) : loss;
		},
	});

/** Nothing of value in it: no question. A script is told in the refusal, a person line by line. */
async function confirmLoss(loss: Loss, json: boolean): Promise<Outcome<void>> {
	const lines = linesOf(loss);
	if (lines.length === 0) return ok(undefined);
	const { name } = loss;
	const allow = `weir remove ${name} --yes`;
	if (json) {
		const would = `${name} was not removed; what would go: ${lines.join('; ')}`;
		return refuse('remove.unconfirmed', would, allow);
	}
	for (const line of lines) tell(line);
	if (await confirm(`Remove ${name}? A snapshot is kept.`)) return ok(undefined);
	return refuse('remove.unconfirmed', `${name} was not removed`, allow);
}

function linesOf(loss: Loss): string[] {
	const { name, running, shells, uncommitted, unmergedCommits, ignored } = loss;
	const lines: string[] = [];
	if (running !== null) lines.push(`${name} runs: ${running}`);
	if (shells > 0) lines.push(`${counted(shells, 'shell')} beside ${name}`);
	if (uncommitted.length > 0) {
		lines.push(
			`${uncommitted.length} uncommitted: ${uncommitted.slice(0, 8).join(', ')}`,
		);
	}
	for (const { id, subject } of unmergedCommits.slice(0, 8)) {
		lines.push(`not in the base: ${id.slice(0, 10)} ${subject}`);
	}
	if (unmergedCommits.length > 8)
		lines.push(`and ${counted(unmergedCommits.length - 8, 'more commit')}`);
	if (lines.length > 0 && ignored.files > 0) {
		const megabytes = (ignored.bytes / 1_000_000).toFixed(1);
		const paths = counted(ignored.files, 'ignored path');
		const are = ignored.files === 1 ? 'is' : 'are';
		lines.push(`${paths} (${megabytes} MB) ${are} not in the snapshot`);
	}
	return lines;
}
