import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createWorktree } from '../../../src/git/create-worktree.ts';
import { fillWorktree } from '../../../src/git/fill.ts';
import { publish } from '../../../src/git/publish.ts';
import { takeSnapshot } from '../../../src/git/snapshot.ts';
import { isFilled } from '../../../src/git/worktree.ts';
import {
	commitFiles,
	gitIn,
	makeRepository,
	open,
	planFor,
	readTree,
	scratchFolder,
	valueOf,
} from '../../support/repository.ts';

const soak = process.env['WEIR_SOAK'] === '1';

function manyFiles(count: number): Record<string, string> {
	const name = (at: number) => `packages/p${at % 100}/d${at % 7}/f${at}.ts`;
	return Object.fromEntries(
		Array.from({ length: count }, (_, at) => [
			name(at),
			`export const n = ${at};\n`.repeat(20),
		]),
	);
}

test('ten worktrees at once are made, filled, worked in, published and saved beside a busy user', {
	timeout: 600_000,
}, async () => {
	const top = makeRepository(manyFiles(soak ? 30_000 : 400));
	const repository = await open(top);
	const names = Array.from({ length: 10 }, (_, at) => `agent${at}`);
	const ended = new AbortController();
	const user = (async () => {
		for (let round = 0; !ended.signal.aborted; round += 1) {
			const args = round % 2 === 0 ? ['pack-refs', '--all'] : ['gc', '--quiet'];
			const child = spawn('git', args, { cwd: top, stdio: 'ignore' });
			await once(child, 'exit');
		}
	})();
	const commits = await Promise.all(
		names.map(async (name) => {
			const plan = planFor(repository, name);
			const worktree = valueOf(await createWorktree(repository, plan));
			await fillWorktree(worktree);
			const commit = commitFiles(worktree.path, { [`${name}.txt`]: name });
			expect(valueOf(await publish(worktree)).tip).toBe(commit);
			valueOf(await takeSnapshot(worktree, 's1'));
			return commit;
		}),
	);
	ended.abort();
	await user;
	const tips = gitIn(top, 'for-each-ref', '--format=%(objectname)', 'refs/heads/weir/');
	expect(tips.split('\n')).toEqual(commits);
	expect(gitIn(top, 'fsck', '--connectivity-only', '--no-dangling')).toBe('');
});

test('a filling whose supervisor is killed in the middle is finished by the next one', async () => {
	const top = makeRepository(manyFiles(3_000));
	const repository = await open(top);
	const plan = planFor(repository, 'api');
	const worktree = valueOf(await createWorktree(repository, plan));
	const source = (name: string) => JSON.stringify(join(process.cwd(), 'src/git', name));
	const script = join(scratchFolder(), 'fill.ts');
	writeFileSync(
		script,
		`import { openRepository } from ${source('repository.ts')};
import { fillWorktree } from ${source('fill.ts')};
import { findWorktree } from ${source('worktree.ts')};
const opened = await openRepository(${JSON.stringify(top)});
if (!opened.ok) process.exit(5);
const worktree = await findWorktree(opened.value, ${JSON.stringify(plan)});
if (!worktree.ok) process.exit(6);
await fillWorktree(worktree.value, {
	onProgress: (done, total) => done < total && process.kill(process.pid, 'SIGKILL'),
});
`,
	);
	const child = spawn(process.execPath, [script], { stdio: 'inherit' });
	onTestFinished(() => void child.kill('SIGKILL'));
	expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
	expect(isFilled(worktree)).toBe(false);
	await fillWorktree(worktree);
	expect(readTree(worktree.path)).toEqual(readTree(top));
	expect(gitIn(worktree.path, 'status', '--porcelain')).toBe('');
});

test('a filling can be called off, and done later', async () => {
	const top = makeRepository(manyFiles(500));
	const repository = await open(top);
	const worktree = valueOf(await createWorktree(repository, planFor(repository, 'api')));
	const stop = new AbortController();
	const filling = fillWorktree(worktree, {
		signal: stop.signal,
		onProgress: () => stop.abort(),
	});
	await expect(filling).rejects.toThrow('cancelled');
	await fillWorktree(worktree);
	expect(readTree(worktree.path)).toEqual(readTree(top));
});
