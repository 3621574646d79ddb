// What weir promises of a CLI, each tried on an agent of its own.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLineOf } from '../../src/lib/processes.ts';
import type { CliLab } from './cli-lab.ts';
import { fileOf, type Need, prompts } from './clis/real-cli.ts';
import { commitFiles, gitIn } from './repository.ts';

export interface Trial {
	/** What the table says. */
	readonly name: string;
	/** The prompt that it begins with, where some CLIs have no way to come to it. */
	readonly needs?: Need;
	/** Throws where it does not hold. */
	readonly run: (lab: CliLab, agent: string) => Promise<void>;
}

export const trials: readonly Trial[] = [
	{
		name: 'starts with its prompt, past trust and onboarding',
		async run(lab, agent) {
			await lab.start(agent, prompts.hello);
			await lab.until(agent, 'done');
			const states = await lab.states(agent);
			demand(
				!states.some((state) => /^(needs-approval|asks)/.test(state)),
				`it asked for something: ${states.join(', ')}`,
			);
		},
	},
	{
		name: 'a trust that it asks for is given from the inbox',
		needs: 'trust',
		async run(lab, agent) {
			const { untrusted } = lab.cli;
			if (untrusted === undefined) throw new Error('nothing says how it trusts nobody');
			const before = lab.homeFile(untrusted.file);
			lab.putHome(untrusted.file, untrusted.text);
			await lab.start(agent, prompts.hello);
			const { id } = await lab.item(agent, 'approve');
			demand(!lab.asked(prompts.hello), 'it began without');
			await lab.run('answer', id, 'y');
			await lab.until(agent, 'done');
			lab.putHome(untrusted.file, before);
		},
	},
	{
		name: 'says itself when it works and is done',
		async run(lab, agent) {
			await lab.start(agent, prompts.hello);
			await lab.until(agent, 'done');
			const states = await lab.states(agent);
			const { reportsBy, rests = 'done' } = lab.cli;
			for (const state of [`working by ${reportsBy}`, `${rests} by ${reportsBy}`])
				demand(states.includes(state), `states were ${states.join(', ')}`);
		},
	},
	{
		name: 'a permission is in the inbox, allowed from there',
		needs: 'allowed',
		async run(lab, agent) {
			await lab.start(agent, prompts.allowed);
			const item = await lab.item(agent, 'approve');
			const file = fileOf('allowed');
			demand(
				`${item.text}\n${item.detail}`.includes(`touch ${file}`),
				`the item says ${item.text}`,
			);
			await lab.until(agent, 'needs-approval');
			await lab.run('answer', item.id, 'y');
			await lab.until(agent, 'done');
			demand(await isMade(lab, agent, file), `${file} was not made`);
			await openedOnce(lab, agent);
		},
	},
	{
		name: 'a permission is refused from the inbox',
		needs: 'denied',
		async run(lab, agent) {
			await lab.start(agent, prompts.denied);
			const { id } = await lab.item(agent, 'approve');
			const words = lab.cli.saysWhy ? ['--text', 'not this one'] : [];
			await lab.run('answer', id, 'n', ...words);
			await lab.until(agent, 'done', 'idle');
			demand(!(await isMade(lab, agent, fileOf('denied'))), 'it was made all the same');
			if (lab.cli.saysWhy)
				demand(lab.told(prompts.denied).includes('not this one'), 'it was not told why');
		},
	},
	{
		name: 'a permission that is answered at its pane leaves the inbox',
		needs: 'atPane',
		async run(lab, agent) {
			await lab.start(agent, prompts.atPane);
			await lab.item(agent, 'approve');
			await lab.run('keys', agent, ...lab.cli.yesKeys);
			await lab.until(agent, 'done');
			demand(await isMade(lab, agent, fileOf('atPane')), 'the keys allowed nothing');
			const closed = (await lab.log()).findLast(({ kind }) => kind === 'question.closed');
			demand(closed?.data.reason === 'gone', `it was closed as ${closed?.data.reason}`);
			await lab.patiently(async () => hooks(lab).length === 0 || 'a hook waits on');
		},
	},
	{
		name: 'its question is answered from the inbox',
		needs: 'question',
		async run(lab, agent) {
			await lab.begin(agent, 'question');
			const item = await lab.item(agent, 'ask');
			const blue = item.choices.find(({ label }) => label === 'Blue');
			demand(blue !== undefined, `its choices are ${JSON.stringify(item.choices)}`);
			await lab.run('answer', item.id, blue?.key ?? '');
			await lab.until(agent, 'done');
			demand(lab.told(prompts.question).includes('Blue'), 'it was not told');
		},
	},
	{
		name: 'its plan is approved from the inbox',
		needs: 'plan',
		async run(lab, agent) {
			await lab.begin(agent, 'plan');
			const { id } = await itemAbout(lab, agent, lab.cli.planned ?? '');
			await lab.run('answer', id, 'y');
			await lab.patiently(
				async () =>
					/approved|implement the plan/i.test(lab.told(prompts.plan)) ||
					'it was not told',
			);
			await lab.until(agent, 'done');
		},
	},
	{
		name: 'a permission of a subagent is in the inbox',
		needs: 'subagent',
		async run(lab, agent) {
			await lab.start(agent, prompts.subagent);
			const { id } = await itemAbout(lab, agent, `touch ${fileOf('subagent')}`);
			await lab.run('answer', id, 'y');
			await lab.patiently(
				async () => (await isMade(lab, agent, fileOf('subagent'))) || 'it was not made',
			);
			await lab.until(agent, 'done');
		},
	},
	{
		name: 'a permission that waits outlives the supervisor',
		needs: 'allowed',
		async run(lab, agent) {
			await lab.start(agent, prompts.allowed);
			const before = await lab.item(agent, 'approve');
			const waiting = hooks(lab);
			await lab.run('up', '--restart');
			await lab.patiently(async () => {
				const left = hooks(lab);
				return !waiting.some((pid) => left.includes(pid)) || 'a hook waits on';
			});
			const { id } = await lab.item(agent, 'approve');
			demand(
				id !== before.id || !lab.cli.saysWhy,
				'nobody waits for the answer any more',
			);
			await lab.run('answer', id, 'y');
			await lab.until(agent, 'done');
			demand(await isMade(lab, agent, fileOf('allowed')), 'it was not made');
		},
	},
	{
		name: 'it asks by weir ask and says that it is done, without a permission for that',
		needs: 'byVerb',
		async run(lab, agent) {
			await lab.start(agent, prompts.byVerb);
			const item = await lab.item(agent, 'ask', 'approve');
			demand(item.text === 'Keep it?', `the item says ${item.text}`);
			await lab.until(agent, 'asks');
			await lab.run('answer', item.id, '1');
			await lab.until(agent, 'done');
			demand(/(?:^|: )keep/m.test(lab.told(prompts.byVerb)), 'it was not told');
		},
	},
	{
		name: 'it asks and says that it is done by tools of MCP, without a permission for that',
		needs: 'byTool',
		async run(lab, agent) {
			await lab.start(agent, prompts.byTool);
			const item = await lab.item(agent, 'ask', 'approve');
			demand(item.text === 'Keep it?', `the item says ${item.text}`);
			await lab.run('answer', item.id, '1');
			await lab.until(agent, 'done');
			demand(/keep/.test(lab.told(prompts.byTool)), 'it was not told');
		},
	},
	{
		name: 'its tool is refused a write outside its scope, told why, and may write inside',
		needs: 'scoped',
		async run(lab, agent) {
			await lab.start(agent, prompts.scoped, '--scope', fileOf('inside'));
			await lab.allowAll(agent);
			demand(await isMade(lab, agent, fileOf('inside')), 'it could not write inside');
			demand(!(await isMade(lab, agent, fileOf('outside'))), 'it wrote outside');
			const told = lab.told(prompts.scoped);
			demand(/outside of your scope.*a person decides/s.test(told), `told: ${told}`);
			const { id } = await lab.weir.agent(agent);
			const denied = (await lab.log()).filter(
				({ kind, data }) => kind === 'write.denied' && data.agent === id,
			);
			const paths = denied.map(({ data }) => `${data.path} by ${data.layer}`);
			demand(
				new Set(paths).size === 1 && paths[0] === `${fileOf('outside')} by hook`,
				`denied: ${paths.join()}`,
			);
		},
	},
	{
		name: 'its commands write and commit within its scope, and write nothing outside',
		async run(lab, agent) {
			await lab.start(agent, prompts.commits, '--scope', 'src/**');
			await lab.allowAll(agent);
			const told = lab.told(prompts.commits);
			demand(/^commit 0$/m.test(told), `it could not commit: ${told}`);
			const { worktree, guard } = await lab.weir.agent(agent);
			demand(gitIn(worktree, 'log', '-1', '--format=%s') === 'within', 'not committed');
			const held = guard.prevention !== 'none';
			demand(held !== (await isMade(lab, agent, fileOf('outside'))), 'it wrote outside');
		},
	},
	{
		name: 'nothing is typed into its dialog',
		needs: 'denied',
		async run(lab, agent) {
			await lab.start(agent, prompts.denied);
			await lab.item(agent, 'approve');
			const sent = await lab.weir.run('send', agent, prompts.later);
			demand(sent.code === 3, `send ended with ${sent.code}`);
			await lab.item(agent, 'approve');
			await lab.run('keys', agent, 'esc');
			await lab.until(agent, 'idle', 'done');
			demand(!(await isMade(lab, agent, fileOf('denied'))), 'it was allowed');
		},
	},
	{
		name: 'a later prompt of several lines is taken',
		async run(lab, agent) {
			await lab.start(agent, prompts.hello);
			await lab.until(agent, 'done');
			await lab.send(agent, `${prompts.later}\nin two lines`);
			await lab.until(agent, 'done');
			demand(lab.told(prompts.later).includes('in two lines'), 'a line was lost');
		},
	},
	{
		name: 'Esc interrupts it, and it is idle',
		needs: 'interrupt',
		async run(lab, agent) {
			await lab.start(agent, prompts.long);
			await runsLong(lab, agent);
			await lab.until(agent, 'working');
			await interrupt(lab, agent);
			await lab.until(agent, 'idle');
		},
	},
	{
		name: 'a limit is no work',
		needs: 'limited',
		async run(lab, agent) {
			await lab.start(agent, prompts.limited);
			await lab.until(agent, 'failed', 'waiting');
		},
	},
	{
		name: 'a retry is waiting, and goes on',
		needs: 'retried',
		async run(lab, agent) {
			await lab.start(agent, prompts.retried);
			await lab.until(agent, 'waiting');
			await lab.until(agent, 'done');
		},
	},
	{
		name: 'after kill -9 it goes on with the same conversation',
		needs: 'resume',
		async run(lab, agent) {
			await lab.start(agent, prompts.hello);
			const { pid } = await lab.until(agent, 'done');
			if (pid === null) throw new Error('it has no process');
			process.kill(pid, 'SIGKILL');
			await lab.until(agent, 'failed');
			await lab.run('respawn', agent);
			await lab.until(agent, 'idle', 'done');
			await lab.send(agent, prompts.later);
			await lab.until(agent, 'done');
			const request = lab.api.requests.findLast(({ prompt }) => prompt === prompts.later);
			demand(
				request?.said.some((text) => text.startsWith(prompts.hello)) === true,
				'it had forgotten what it was told before',
			);
		},
	},
	{
		name: 'what its replies use is counted, each once, also where it goes on',
		needs: 'usage',
		async run(lab, agent) {
			const from = lab.api.requests.length;
			await lab.start(agent, prompts.hello);
			const { pid } = await lab.until(agent, 'done');
			await usesReplies(lab, agent, from);
			if (pid === null) throw new Error('it has no process');
			process.kill(pid, 'SIGKILL');
			await lab.until(agent, 'failed');
			await lab.run('respawn', agent);
			await lab.until(agent, 'idle', 'done');
			await lab.send(agent, prompts.later);
			await lab.until(agent, 'done');
			await usesReplies(lab, agent, from);
		},
	},
	{
		name: 'without a login it needs somebody',
		needs: 'login',
		async run(lab, agent) {
			const env = Object.fromEntries(lab.cli.logins.map((name) => [name, undefined]));
			const { name, loggedOut } = lab.cli;
			const before = loggedOut && lab.homeFile(loggedOut.file);
			if (loggedOut) lab.putHome(loggedOut.file, loggedOut.text);
			const kind = loggedOut ? name : 'real';
			const args = ['new', agent, '--agent', kind, '--prompt', prompts.hello];
			lab.must(await lab.weir.runWith({ env: { ...lab.env, ...env } }, ...args), args);
			await lab.until(agent, 'needs-approval', 'asks', 'failed');
			if (loggedOut && before) lab.putHome(loggedOut.file, before);
		},
	},
	{
		name: 'ends when it is killed, with all that it started',
		async run(lab, agent) {
			await lab.start(agent, prompts.long);
			await runsLong(lab, agent);
			await lab.run('kill', agent);
			await lab.until(agent, 'interrupted');
			await lab.patiently(
				async () => sleepers(lab).length === 0 || 'its command runs on',
			);
		},
	},
	{
		name: 'a hook that the repository names does not run before it is allowed',
		needs: 'foreignHook',
		async run(lab, agent) {
			const { foreign } = lab.cli;
			if (foreign === undefined)
				throw new Error('nothing says how a repository names one');
			commitFiles(lab.weir.repo, foreign(fileOf('foreign')), 'a hook');
			await lab.start(agent, prompts.hello);
			const { state } = await lab.until(agent, 'needs-approval', 'asks', 'done');
			if (state !== 'done') await lab.weir.run('keys', agent, 'esc');
			await lab.until(agent, 'done');
			demand(!(await isMade(lab, agent, fileOf('foreign'))), 'it ran');
			const none = Object.keys(foreign('')).map((path) => [path, null]);
			commitFiles(lab.weir.repo, Object.fromEntries(none), 'no hook');
		},
	},
	{
		name: "nothing of the user's was changed",
		async run(lab, agent) {
			await lab.start(agent, prompts.hello);
			await lab.until(agent, 'done');
			const after = lab.users();
			const changed = [...new Set([...lab.before.keys(), ...after.keys()])].filter(
				(path) => lab.before.get(path) !== after.get(path),
			);
			demand(changed.length === 0, `changed: ${changed.join(', ')}`);
			if (lab.cli.kept === null) return;
			const { file, without } = lab.cli.kept;
			const [found] = without.exec(lab.homeFile(file)) ?? [];
			demand(found === undefined, `${file} says ${found}`);
		},
	},
];

function demand(holds: boolean, otherwise: string): void {
	if (!holds) throw new Error(otherwise);
}

/**
 * The scripted model says of each reply that it read ten tokens and wrote five. What a CLI asks beside its
 * task may be cut off before it is written down.
 */
async function usesReplies(lab: CliLab, agent: string, from: number): Promise<void> {
	const mine: readonly (string | null)[] = [prompts.hello, prompts.later];
	await lab.patiently(async () => {
		const all = lab.api.requests.slice(from);
		// Who has no tools is asked for a title of the same words.
		const own = all.filter(
			({ prompt, tools }) => mine.includes(prompt) && tools.length > 0,
		).length;
		const most = lab.cli.asksBeside ? all.length : own;
		const { cost } = await lab.weir.agent(agent);
		const { input = 0, output = 0 } = cost?.tokens ?? {};
		const replies = cost?.replies ?? 0;
		const isRight = replies >= own && replies <= most;
		return (
			(isRight && input === 10 * replies && output === 5 * replies) ||
			`it used ${replies},${input},${output} for ${own} to ${most} replies`
		);
	});
}

/** What it asks leave for; on the way there it is allowed all else. */
async function itemAbout(lab: CliLab, agent: string, words: string) {
	return lab.patiently(async () => {
		const item = await lab.item(agent, 'approve');
		if (`${item.text}\n${item.detail}`.includes(words)) return item;
		await lab.run('answer', item.id, 'y');
		return `it asks ${item.text}`;
	});
}

async function isMade({ weir }: CliLab, agent: string, file: string): Promise<boolean> {
	const { worktree } = await weir.agent(agent);
	return existsSync(join(worktree, file));
}

/** What was asked once was answered once: it did not come up again. */
async function openedOnce(lab: CliLab, agent: string): Promise<void> {
	const { id } = await lab.weir.agent(agent);
	const log = await lab.log();
	const answered = log.findLast(({ kind }) => kind === 'question.answered')?.seq ?? 0;
	const again = log.filter(
		({ seq, kind, data }) =>
			seq > answered && kind === 'question.opened' && data.agent === id,
	);
	demand(again.length === 0, 'what was answered came up again');
}

function hooks({ weir }: CliLab): readonly number[] {
	return weir.processes().filter((pid) => commandLineOf(pid)?.at(-1) === 'hook');
}

/** Some ask before they run what takes so long. */
async function runsLong(lab: CliLab, agent: string): Promise<void> {
	await lab.hasAsked(prompts.long);
	await lab.patiently(async () => {
		if (sleepers(lab).length > 0) return true;
		await lab.allow(agent);
		return 'its command does not run';
	});
}

/**
 * One that wants a second Esc waits a second for it, and takes two in one write for one: they come at the same
 * time from two that press them. On a loaded machine one may come too late all the same.
 */
async function interrupt(lab: CliLab, agent: string): Promise<void> {
	await lab.patiently(async () => {
		const keys = lab.cli.interruptKeys ?? ['esc'];
		await Promise.all(keys.map((key) => lab.run('keys', agent, key)));
		for (const end = Date.now() + interruptMs; Date.now() < end; await sleep(50)) {
			const { state } = await lab.weir.agent(agent);
			if (state !== 'working') return true;
		}
		return 'it works on';
	});
}

/** Longer than any takes to show that it was interrupted. */
const interruptMs = 8000;

function sleepers({ weir }: CliLab): readonly number[] {
	return weir.processes().filter((pid) => commandLineOf(pid)?.join(' ') === 'sleep 60');
}
