// The checks of `weir doctor`. Each tries the thing itself where it can, and is never guessed from
// what merely lies on the disk.
import { execFile } from 'node:child_process';
import { readFile, statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import { openRepository } from '../git/repository.ts';
import { requireGit } from '../git/version.ts';
import { counted } from '../lib/counted.ts';
import { messageOf } from '../lib/error-words.ts';
import type { Outcome } from '../lib/outcome.ts';
import { packageRoot } from '../lib/package-root.ts';
import { dataFolder, runtimeFolder } from '../lib/paths.ts';
import { compiledTrampoline } from '../lib/trampoline.ts';
import { agentProbes, probeOthers } from './doctor-agents.ts';
import { bad, type Check, firstLine, good, type Probe, poor } from './doctor-check.ts';
import { probePrevention } from './doctor-sandbox.ts';
import { probeSubmodules } from './doctor-submodules.ts';
import { probeMultiplexer, probeTerminal } from './doctor-terminal.ts';
import { reachRunning } from './reach.ts';
import type { Call } from './verb.ts';

/** All checks, side by side. */
export async function checkMachine(call: Call): Promise<readonly Check[]> {
	const probes = Object.entries({
		node: probeNode,
		git: probeGit,
		repository: probeRepository,
		submodules: probeSubmodules,
		supervisor: probeSupervisor,
		settings: probeSettings,
		recordings: probeRecordings,
		strays: probeStrays,
		terminals: probeLibrary('node-pty'),
		'system calls': probeLibrary('koffi'),
		trampoline: probeTrampoline,
		sandbox: probePrevention,
		sockets: probeSockets,
		disk: probeDisk,
		watches: probeWatches,
		'open files': probeOpenFiles,
		locale: probeLocale,
		terminal: probeTerminal,
		multiplexer: probeMultiplexer,
		...agentProbes(),
		'other agents': probeOthers,
	} satisfies Record<string, Probe>);
	return Promise.all(
		probes.map(async ([name, probe]) => {
			try {
				return { ...(await probe(call)), name };
			} catch (error) {
				const found = messageOf(error);
				return { ...bad(found, null), name };
			}
		}),
	);
}

/** A refusal as a check: its sentence is what was found, its next step the fix. */
function checkOf<T>(outcome: Outcome<T>, tell: (value: T) => string): Check {
	if (outcome.ok) return good(tell(outcome.value));
	return bad(outcome.refusal.message, outcome.refusal.allow ?? null);
}

const run = promisify(execFile);

const probeNode: Probe = async () =>
	Number.parseInt(process.versions.node, 10) >= 24
		? good(process.versions.node)
		: bad(process.versions.node, 'install Node 24 or newer');

const probeGit: Probe = async () => checkOf(await requireGit(), (version) => version);

const probeRepository: Probe = async (call) =>
	checkOf(await openRepository(call.folder), ({ root, commonDir }) => root ?? commonDir);

const probeSupervisor: Probe = async (call) => {
	const reached = await reachRunning(call);
	if (!reached.ok && reached.refusal.code === 'supervisor.none')
		return good('none runs; the first verb that needs one starts it');
	using connection = reached.ok ? reached.value : null;
	return checkOf(reached, () => `process ${connection?.supervisor.pid}`);
};

const probeSettings: Probe = async (call) => {
	const reached = await reachRunning(call);
	if (!reached.ok) return good('not looked at: no supervisor runs');
	using connection = reached.value;
	const reloaded = await connection.request('settings.reload', {});
	const pending = await connection.request('trust.pending', {});
	const [problem] = reloaded.ok ? reloaded.value.problems : [];
	if (problem) {
		const { file, line, column, message } = problem;
		return bad(`${file}:${line}:${column}: ${message}`, `edit ${file}`);
	}
	if (pending.ok && pending.value.hash !== null)
		return poor('the repository names commands that are not trusted', 'weir trust');
	return checkOf(reloaded, () => 'valid');
};

const probeRecordings: Probe = async (call) => {
	const reached = await reachRunning(call);
	if (!reached.ok) return good('not looked at: no supervisor runs');
	using connection = reached.value;
	const status = await connection.request('status', {});
	if (!status.ok) return checkOf(status, () => '');
	const { agents } = status.value;
	const amiss = agents.filter(({ recording }) => recording && recording.trouble !== null);
	const [first, ...others] = amiss;
	if (first) {
		const more = others.length > 0 ? `; ${counted(others.length, 'other')} neither` : '';
		const found = `${first.name} is not recorded: ${first.recording?.trouble}${more}`;
		return poor(found, first.recording?.allow ?? null);
	}
	return good(agents.length === 0 ? 'none' : 'written');
};

/** Whoever removes weir's folder while agents run leaves programs that no list shows. */
const probeStrays: Probe = async (call) => {
	const reached = await reachRunning(call);
	if (!reached.ok) return good('not looked for: no supervisor runs');
	using connection = reached.value;
	const status = await connection.request('status', {});
	if (!status.ok) return checkOf(status, () => '');
	const { strays } = status.value;
	const [first] = strays;
	if (!first) return good('none');
	const what = counted(strays.length, 'program');
	const run = strays.length === 1 ? 'runs' : 'run';
	const found = `${what} of agents that this journal does not know ${run} on, in ${first.folder}`;
	return poor(found, `kill -HUP ${strays.map(({ pid }) => pid).join(' ')}`);
};

/** Loads it in a process of its own, as holders do: a broken build must not break the doctor. */
function probeLibrary(name: string): Probe {
	return async () => {
		const code = `require(${JSON.stringify(name)})`;
		try {
			await run(process.execPath, ['-e', code], { cwd: packageRoot(), timeout: 20_000 });
			return good(`${name} loads`);
		} catch {
			// Its own words would be a stack.
			return bad(`${name} does not load`, `npm rebuild ${name} in ${packageRoot()}`);
		}
	};
}

const probeTrampoline: Probe = async () => {
	const path = compiledTrampoline();
	if (path === null) {
		return poor(
			'not built, so that agents start more slowly',
			`npm run install in ${packageRoot()}, with a C compiler`,
		);
	}
	const ran = await run(path, ['--', 'true']).then(
		() => true,
		() => false,
	);
	return ran ? good(path) : bad(`${path} does not run`, 'npm run install');
};

const probeSockets: Probe = async (call) =>
	checkOf(runtimeFolder(call.environment), (folder) => folder);

const probeDisk: Probe = async (call) => {
	const folder = await nearestFolder(dataFolder(call.environment));
	const { bavail, bsize } = await statfs(folder);
	const free = (bavail * bsize) / 1e9;
	const found = `${free.toFixed(1)} GB free for worktrees at ${folder}`;
	return free < 1 ? poor(found, 'weir prune, or set worktree.root') : good(found);
};

/** Some thousand folders for each of a few agents. */
const leastWatches = 32_768;

const probeWatches: Probe = async () => {
	const file = '/proc/sys/fs/inotify/max_user_watches';
	const text = await readFile(file, 'utf8').catch(() => null);
	if (text === null) return good('not counted on this system');
	const most = Number(text);
	const found =
		most < leastWatches
			? `${most} folders can be watched, fewer than a repository may have: writes outside scopes are seen late there`
			: `${most} folders can be watched`;
	const fix = 'sysctl fs.inotify.max_user_watches=524288';
	return most < leastWatches ? poor(found, fix) : good(found);
};

const probeOpenFiles: Probe = async () => {
	const text = await firstLine('sh', '-c', 'ulimit -n');
	const most = text === 'unlimited' ? Number.POSITIVE_INFINITY : Number(text);
	const found = `${text ?? 'unknown'} for each process`;
	return most < 1024 ? poor(found, 'ulimit -n 4096') : good(found);
};

const probeLocale: Probe = async ({ environment: { LC_ALL, LC_CTYPE, LANG } }) => {
	const locale = LC_ALL || LC_CTYPE || LANG || 'C';
	return /utf-?8/i.test(locale)
		? good(locale)
		: poor(`${locale} is not UTF-8, so that borders are ASCII`, 'export LANG=C.UTF-8');
};

async function nearestFolder(path: string): Promise<string> {
	const there = await statfs(path).then(
		() => true,
		() => false,
	);
	const up = path.replace(/\/[^/]*$/, '') || '/';
	return there || up === path ? path : nearestFolder(up);
}
