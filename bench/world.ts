// What one benchmark run works in: a scratch folder, the compiled workloads, the seeded logs.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const programNames = [
	'outer',
	'relay',
	'spinner',
	'ansi-log',
	'flood',
	'colours',
] as const;
type ProgramName = (typeof programNames)[number];

export interface World extends Disposable {
	readonly folder: string;
	readonly programs: Readonly<Record<ProgramName, string>>;
	/** The 50 MB log of the throughput scenarios; written when first asked for. */
	readonly bigLog: string;
	/** 20 KB of the same, for the correctness gate. */
	readonly smallLog: string;
	/** `historyLines` numbered lines of 200 columns. */
	readonly history: string;
	/** A path in the scratch folder that nobody has used. */
	fresh(name: string): string;
}

export const bigLogBytes = 50_000_000;
const smallLogBytes = 20_000;
/** A screen and some lines more than the 5,000 that are to be kept. */
export const historyLines = 5_200;
const historyColumns = 200;

/** Compiles the workloads and writes the logs; disposing removes the folder. Needs a C compiler. */
export function openWorld(): World {
	const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'));
	const programs = compile(folder);
	let bigLog: string | undefined;
	const smallLog = writeLog(folder, programs['ansi-log'], 'small.ansi', smallLogBytes);
	const history = join(folder, 'history');
	writeFileSync(history, numberedLines());
	let used = 0;
	return {
		folder,
		programs,
		get bigLog() {
			bigLog ??= writeLog(folder, programs['ansi-log'], 'big.ansi', bigLogBytes);
			return bigLog;
		},
		smallLog,
		history,
		fresh: (name) => {
			used += 1;
			return join(folder, `${used}-${name}`);
		},
		[Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
	};
}

function compile(folder: string): Record<ProgramName, string> {
	const compiler = process.env.CC ?? 'cc';
	const build = (name: ProgramName): string => {
		const target = join(folder, name);
		const source = join(import.meta.dirname, 'programs', `${name}.c`);
		const result = spawnSync(compiler, ['-O2', '-o', target, source, '-lutil'], {
			encoding: 'utf8',
		});
		if (result.status !== 0)
			throw new Error(`${compiler} could not build ${source}: ${result.stderr}`);
		return target;
	};
	return {
		outer: build('outer'),
		relay: build('relay'),
		spinner: build('spinner'),
		'ansi-log': build('ansi-log'),
		flood: build('flood'),
		colours: build('colours'),
	};
}

function writeLog(folder: string, program: string, name: string, bytes: number): string {
	const path = join(folder, name);
	const file = openSync(path, 'w');
	try {
		execFileSync(program, [String(bytes), '1'], { stdio: ['ignore', file, 'inherit'] });
	} finally {
		closeSync(file);
	}
	return path;
}

function numberedLines(): string {
	return Array.from({ length: historyLines }, (_, at) => {
		const number = `line ${String(at + 1).padStart(6, '0')} `;
		const rest = 'words of an agent '.repeat(historyColumns / 10);
		const text = rest.slice(0, historyColumns - number.length);
		return `${number}\x1b[3${at % 8}m${text}\x1b[0m\n`;
	}).join('');
}
