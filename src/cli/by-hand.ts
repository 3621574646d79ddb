// A conflict that the person resolves: their editor on the files in conflict, a question for what no marker
// shows, and what they resolved as a commit of theirs. What is left stays in the worktree for the next time.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Connection } from '../client/connection.ts';
import { editorArgv } from '../lib/editor.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { visibleText } from '../lib/plain-text.ts';
import type { ByHandJson, ConflictJson } from '../protocol/by-hand.ts';
import { choose } from './choose.ts';
import { isAsked } from './confirm.ts';
import { tell } from './print.ts';
import type { Call } from './verb.ts';

/** Resolves once all is committed. Refused with `conflict.left` where something is left. */
export async function resolveByHand(
	connection: Connection,
	call: Call,
	begun: ByHandJson,
): Promise<Outcome<ByHandJson>> {
	let now = begun;
	for (const word of call.texts('take')) {
		const taken = await takeBy(connection, now, word);
		if (!taken.ok) return taken;
		now = taken.value;
	}
	for (;;) {
		const edited = await edit(call, now);
		if (!edited.ok) return edited;
		const looked = await lookAgain(connection, now);
		if (!looked.ok) return looked;
		const asked = await askSides(connection, looked.value);
		if (!asked.ok) return asked;
		now = asked.value;
		const left = leftIn(now);
		if (left.length === 0) return conclude(connection, now);
		const next = await whatNext(connection, now, left);
		if (!next.ok) return next;
	}
}

/** Whether nothing is left to be resolved in it. */
function leftIn({ conflicts }: ByHandJson): readonly ConflictJson[] {
	return conflicts.filter(({ resolved }) => !resolved);
}

const sides = { base: 'base', agent: 'agent', here: 'here' } as const;

async function takeBy(
	connection: Connection,
	{ agent }: ByHandJson,
	word: string,
): Promise<Outcome<ByHandJson>> {
	const [, side = '', path = ''] = /^(base|agent|here):(.+)$/s.exec(word) ?? [];
	if (!Object.hasOwn(sides, side))
		return refuse(
			'usage.invalid',
			`--take is base:PATH, agent:PATH or here:PATH, not ${word}`,
			'weir help merge',
		);
	return take(connection, agent, path, sides[side as keyof typeof sides]);
}

function take(
	connection: Connection,
	agent: string,
	path: string,
	side: keyof typeof sides,
): Promise<Outcome<ByHandJson>> {
	return connection.request('conflict.take', { agent, path, side }, { timeoutMs: null });
}

async function lookAgain(
	connection: Connection,
	{ agent }: ByHandJson,
): Promise<Outcome<ByHandJson>> {
	const looked = await connection.request('conflict', { agent }, { timeoutMs: null });
	if (!looked.ok) return looked;
	const { byHand } = looked.value;
	return byHand === null
		? refuse('conflict.gone', `${agent} was removed meanwhile`, `weir restore ${agent}`)
		: ok(byHand);
}

async function conclude(
	connection: Connection,
	{ agent }: ByHandJson,
): Promise<Outcome<ByHandJson>> {
	return connection.request('conflict.conclude', { agent }, { timeoutMs: null });
}

/** So many files at a time: what is more comes in the next round. */
const mostFiles = 50;

/** Opens what markers stand in, at the first one. */
async function edit(call: Call, { agent, worktree, conflicts }: ByHandJson) {
	const marked = conflicts.filter(({ line }) => line !== null).slice(0, mostFiles);
	const [first, ...others] = marked;
	if (!first) return ok(undefined);
	const { VISUAL, EDITOR } = call.environment;
	if (!VISUAL && !EDITOR && !isAsked())
		return refuse(
			'editor.none',
			`there is no terminal for an editor, and neither VISUAL nor EDITOR names one`,
			`weir shell ${agent}, then again`,
		);
	const argv = [
		...editorArgv(call.environment, {
			file: join(worktree, first.path),
			line: first.line,
		}),
		...others.map(({ path }) => join(worktree, path)),
	];
	return run(argv, call);
}

function run(
	[file = '', ...args]: readonly string[],
	call: Call,
): Promise<Outcome<void>> {
	return new Promise((resolve) => {
		// What it prints is no part of what the verb prints.
		const stdout = call.json ? 2 : 'inherit';
		const child = spawn(file, args, {
			stdio: ['inherit', stdout, 'inherit'],
			env: call.environment,
		});
		// Ctrl-C is the editor's while it runs.
		const ignore = () => undefined;
		process.on('SIGINT', ignore);
		const settle = (outcome: Outcome<void>) => {
			process.off('SIGINT', ignore);
			resolve(outcome);
		};
		child.on('error', (error) =>
			settle(refuse('editor.failed', error.message, 'set VISUAL or EDITOR')),
		);
		// How it ends says little: what it has written counts.
		child.on('exit', () => settle(ok(undefined)));
	});
}

/** What no marker shows is asked, where there is somebody to answer. */
async function askSides(
	connection: Connection,
	looked: ByHandJson,
): Promise<Outcome<ByHandJson>> {
	let now = looked;
	if (!isAsked()) return ok(now);
	const { agent, author, base } = looked;
	for (const one of leftIn(looked).filter(({ line }) => line === null)) {
		const chosen = await choose(`${sentenceOf(one, now)}: `, {
			b: `${base}'s`,
			a: `${author}'s`,
			...(one.special !== 'submodule' && { h: 'as it stands' }),
			l: 'later',
		});
		if (chosen === null || chosen === 'l') continue;
		const side = ({ b: 'base', a: 'agent', h: 'here' } as const)[chosen];
		const taken = await take(connection, agent, one.path, side);
		if (!taken.ok) return taken;
		now = taken.value;
	}
	return ok(now);
}

async function whatNext(
	connection: Connection,
	now: ByHandJson,
	left: readonly ConflictJson[],
): Promise<Outcome<void>> {
	const { agent, author, worktree } = now;
	const again = `weir merge ${author} --resolve`;
	const kept = refuse(
		'conflict.left',
		`not resolved yet: ${left
			.slice(0, 8)
			.map((one) => sentenceOf(one, now))
			.join('; ')}${left.length > 8 ? ` and ${left.length - 8} more` : ''}`,
		`${again} goes on where it was, --take base:PATH, agent:PATH or here:PATH decides one; ${worktree} has it, weir shell ${agent} opens a shell there`,
	);
	if (!isAsked()) return kept;
	tell('not resolved yet:');
	for (const one of left) tell(`  ${sentenceOf(one, now)}`);
	const chosen = await choose('', {
		o: 'open again',
		l: 'leave it for later',
		x: 'abandon, after a snapshot',
	});
	if (chosen === 'o') return ok(undefined);
	if (chosen !== 'x') return kept;
	const removed = await connection.request(
		'remove',
		{ agent, wait: true },
		{ timeoutMs: null },
	);
	if (!removed.ok) return removed;
	return refuse(
		'conflict.abandoned',
		`${agent} was removed, and the conflict of ${author} is as before`,
		`weir restore ${agent} brings it back with all that was resolved`,
	);
}

/** `src/a.ts (deleted by main, changed by api)`. */
function sentenceOf(
	{ path, kind, special, line }: ConflictJson,
	{ author, base }: ByHandJson,
): string {
	const what = {
		'both-changed': 'both changed',
		'both-added': 'both added',
		'deleted-by-ours': `deleted by ${base}, changed by ${author}`,
		'deleted-by-theirs': `changed by ${base}, deleted by ${author}`,
		'one-sided': 'renamed or moved out of the way by one side',
	}[kind];
	const more = [
		what,
		special === 'link' ? 'a symbolic link' : special,
		line === null ? null : `a marker in line ${line}`,
	];
	return `${visibleText(path)} (${more.filter((part) => part !== null).join(', ')})`;
}
