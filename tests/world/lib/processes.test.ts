import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import {
	ancestorsOf,
	commandLineOf,
	descendantsOf,
	identityOf,
	isAlive,
	processesMarked,
	processRow,
	readProcessTable,
	zombieChildrenOf,
} from '../../../src/lib/processes.ts';

test('a process is alive until it ends, also while it is a zombie', async () => {
	// sh does not wait for its child before it is told to.
	const parent = run(['sh', '-c', 'sleep 300 & echo $!; read line; kill $!; read line']);
	const child = await parent.number();
	const identity = identityOf(child);
	if (!identity) throw new Error('no identity');
	expect(isAlive(identity)).toBe(true);
	expect(identityOf(child)).toEqual(identity);
	parent.say('kill');
	while (zombieChildrenOf(parent.pid).length === 0) await new Promise(setImmediate);
	expect(zombieChildrenOf(parent.pid)).toEqual([child]);
	expect(isAlive(identity)).toBe(false);
	expect(commandLineOf(child)).toBeNull();
	expect(descendantsOf(parent.pid)).toEqual([]);
	parent.say('end');
	await parent.ended;
	expect(identityOf(parent.pid)).toBeNull();
});

test('another start or another boot is another process', () => {
	const own = identityOf(process.pid);
	if (!own) throw new Error('no identity');
	expect(isAlive(own)).toBe(true);
	expect(isAlive({ ...own, startTime: `${own.startTime}0` })).toBe(false);
	expect(isAlive({ ...own, bootId: 'other' })).toBe(false);
	expect(isAlive({ ...own, pid: 2 ** 22 + 1 })).toBe(false);
});

test('a tree holds what went to another session', async () => {
	const inner = 'sh -c "setsid sh -c \'echo \\$\\$; read line; :\'; :"; :';
	const root = run(['sh', '-c', inner]);
	const grandchild = await root.number();
	expect(processRow(grandchild)?.session).toBe(grandchild);
	expect(descendantsOf(root.pid)).toContain(grandchild);
	expect(descendantsOf(root.pid)).not.toContain(root.pid);
	const ancestors = ancestorsOf(grandchild);
	expect(ancestors?.slice(1, 3)).toEqual([root.pid, process.pid]);
	// pid 1, or what came into a container from outside.
	expect(processRow(ancestors?.at(-1) ?? 0)?.parent).toBe(0);
	expect(ancestorsOf(1)).toEqual([]);
	expect(ancestorsOf(2 ** 22 + 1)).toBeNull();
});

test('marked processes are those with the variable, not this one', async () => {
	process.env.WEIR_TEST_MARK = 'own';
	onTestFinished(() => void delete process.env.WEIR_TEST_MARK);
	const value = `mark-${process.pid}`;
	const marked = run(['sh', '-c', 'echo $$; read line'], { WEIR_TEST_MARK: value });
	const other = run(['sh', '-c', 'echo $$; read line'], { WEIR_TEST_MARK: `${value}0` });
	await Promise.all([marked.number(), other.number()]);
	expect(processesMarked('WEIR_TEST_MARK', value)).toEqual([marked.pid]);
	expect(processesMarked('TEST_MARK', value)).toEqual([]);
	expect(processesMarked('WEIR_TEST_MARK', 'own')).toEqual([]);
});

test('facts of one process: its words, its parent, its group', async () => {
	const child = run(['sh', '-c', 'echo $$; read line', 'two words', '']);
	await child.number();
	expect(commandLineOf(child.pid)).toEqual([
		'sh',
		'-c',
		'echo $$; read line',
		'two words',
		'',
	]);
	const row = readProcessTable().get(child.pid);
	expect(row).toMatchObject({ parent: process.pid, group: child.pid, ended: false });
});

function run([file = '', ...words]: readonly string[], env: NodeJS.ProcessEnv = {}) {
	const child = spawn(file, words, {
		detached: true,
		stdio: ['pipe', 'pipe', 'inherit'],
		env: { ...process.env, ...env },
	});
	const { pid = 0 } = child;
	const ended = once(child, 'exit');
	// Everything here reads its input, and ends with it.
	onTestFinished(async () => {
		child.kill('SIGKILL');
		await ended;
	});
	return {
		pid,
		ended,
		say: (line: string) => child.stdin.write(`${line}\n`),
		async number(): Promise<number> {
			const [text] = await once(child.stdout, 'data');
			return Number(String(text));
		},
	};
}
