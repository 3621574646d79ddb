import {
	chmodSync,
	chownSync,
	mkdirSync,
	readdirSync,
	rmSync,
	statSync,
	symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
	configFolder,
	dataFolder,
	repositoryRuntime,
	runtimeFolder,
	socketPath,
	socketPathLimit,
} from '../../../src/lib/paths.ts';
import { granted, refusalOf } from '../../support/outcomes.ts';
import { makeScratch } from '../../support/scratch.ts';

const uid = process.getuid?.();
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('the folders of the user', () => {
	test('follow the XDG variables where these are absolute, else HOME', () => {
		const environment = {
			HOME: '/home/ada',
			XDG_DATA_HOME: '/data',
			XDG_CONFIG_HOME: 'x',
		};
		expect(dataFolder(environment)).toBe('/data/weir');
		expect(configFolder(environment)).toBe('/home/ada/.config/weir');
		expect(dataFolder({ HOME: '/home/ada' })).toBe('/home/ada/.local/share/weir');
	});
});

describe('the runtime folder', () => {
	test('is made below XDG_RUNTIME_DIR, for its owner alone', () => {
		const session = makeScratch();
		const folder = granted(runtimeFolder({ XDG_RUNTIME_DIR: session }));
		expect(folder).toBe(join(session, 'weir'));
		expect(modeOf(folder)).toBe(0o700);
		expect(granted(runtimeFolder({ XDG_RUNTIME_DIR: session }))).toBe(folder);
	});

	test('is named by the user id in the temp folder where the session has none', () => {
		const temp = makeScratch();
		const expected = join(temp, `weir-${uid}`);
		const sessions = [
			undefined,
			'',
			'relative',
			join(temp, 'gone'),
			`/tmp/${'x'.repeat(99)}`,
		];
		for (const session of sessions) {
			const environment = { TMPDIR: temp, XDG_RUNTIME_DIR: session };
			expect(granted(runtimeFolder(environment))).toBe(expected);
		}
		expect(modeOf(expected)).toBe(0o700);
	});

	test('is refused as a symbolic link, even to a folder that would do', () => {
		const session = makeScratch();
		symlinkSync(makeScratch(), join(session, 'weir'));
		expect(refusalOf(runtimeFolder({ XDG_RUNTIME_DIR: session }))).toEqual({
			code: 'folder.not-private',
			message: `${join(session, 'weir')} is a symbolic link, so others may decide where it leads`,
			allow: `remove it: rm -- ${join(session, 'weir')}`,
		});
	});

	test('is refused with any mode but 0700, and left as it is', () => {
		const session = makeScratch();
		const folder = join(session, 'weir');
		mkdirSync(folder);
		for (const mode of [0o755, 0o710, 0o1777, 0o500]) {
			chmodSync(folder, mode);
			const refusal = refusalOf(runtimeFolder({ XDG_RUNTIME_DIR: session }));
			expect(refusal.code).toBe('folder.not-private');
			expect(refusal.allow).toBe(`chmod 700 -- ${folder}`);
			expect(statSync(folder).mode & 0o7777).toBe(mode);
		}
	});

	test('may carry the set-group-id bit that a shared parent hands down', () => {
		const session = makeScratch();
		mkdirSync(join(session, 'weir'));
		chmodSync(join(session, 'weir'), 0o2700);
		expect(granted(runtimeFolder({ XDG_RUNTIME_DIR: session }))).toBe(
			join(session, 'weir'),
		);
	});

	test('is refused as a file', () => {
		const temp = makeScratch();
		symlinkSync('/dev/null', join(temp, `weir-${uid}`));
		expect(refusalOf(runtimeFolder({ TMPDIR: temp })).code).toBe('folder.not-private');
	});

	test('is refused where it belongs to somebody else', ({ skip }) => {
		skip(uid !== 0, 'only root can give a folder away');
		const session = makeScratch();
		mkdirSync(join(session, 'weir'), { mode: 0o700 });
		chownSync(join(session, 'weir'), 12_345, 12_345);
		expect(refusalOf(runtimeFolder({ XDG_RUNTIME_DIR: session })).code).toBe(
			'folder.foreign',
		);
	});

	test('of another user, left in the environment by su, is not used', ({ skip }) => {
		skip(uid !== 0, 'only root can give a folder away');
		const [session, temp] = [makeScratch(), makeScratch()];
		chownSync(session, 12_345, 12_345);
		const folder = granted(runtimeFolder({ XDG_RUNTIME_DIR: session, TMPDIR: temp }));
		expect(folder).toBe(join(temp, `weir-${uid}`));
		expect(readdirSync(session)).toEqual([]);
	});

	test('is refused in a temp folder where others may replace files', () => {
		const temp = makeScratch();
		chmodSync(temp, 0o777);
		expect(refusalOf(runtimeFolder({ TMPDIR: temp })).code).toBe('runtime.unsafe');
		chmodSync(temp, 0o1777);
		expect(granted(runtimeFolder({ TMPDIR: temp }))).toBe(join(temp, `weir-${uid}`));
		rmSync(temp, { recursive: true });
		expect(refusalOf(runtimeFolder({ TMPDIR: temp })).code).toBe('runtime.unsafe');
	});
});

describe('sockets', () => {
	test('of a repository have a short path, however deep the repository lies', () => {
		const environment = { XDG_RUNTIME_DIR: makeScratch() };
		const scratch = makeScratch();
		const deep = join(scratch, ...Array.from({ length: 12 }, () => 'd'.repeat(80)));
		mkdirSync(deep, { recursive: true });
		const folder = granted(repositoryRuntime(environment, deep));
		const path = socketPath(folder, 'holder-123456.sock');
		expect(Buffer.byteLength(path)).toBeLessThan(socketPathLimit);
		expect(modeOf(folder)).toBe(0o700);
		const link = join(scratch, 'link');
		symlinkSync(deep, link);
		expect(granted(repositoryRuntime(environment, link))).toBe(folder);
		expect(granted(repositoryRuntime(environment, scratch))).not.toBe(folder);
	});

	test('with a path that would be cut are never bound', () => {
		expect(() => socketPath(`/tmp/${'x'.repeat(90)}`, 'client.sock')).toThrow(/104/);
	});
});
