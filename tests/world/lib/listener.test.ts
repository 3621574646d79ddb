import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Listener } from '../../../src/lib/listener.ts';
import { makeScratch } from '../../support/scratch.ts';

test('a ground that was cleared away is not laid anew for a socket', async () => {
	const ground = join(makeScratch(), 'ground');
	const session = join(ground, 'run');
	mkdirSync(session, { recursive: true, mode: 0o700 });
	let told: (line: string) => void = () => undefined;
	const line = new Promise<string>((settle) => {
		told = settle;
	});
	using _ = await opened(join(session, 'weir', 'abc', 'h.sock'), (text) => told(text));
	rmSync(ground, { recursive: true });
	expect(await line).toContain('cannot be made again');
	expect(existsSync(ground)).toBe(false);
});

async function opened(path: string, log: (line: string) => void): Promise<Listener> {
	const listener = new Listener({ path, onConnection: (socket) => socket.end(), log });
	await listener.open();
	return listener;
}
