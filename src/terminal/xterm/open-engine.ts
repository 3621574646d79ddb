// Chooses the engine: the exact one if the library's private parts are as expected and give the
// same screen as its public API, else the public one, with the reason.
import type { ScreenRow } from '../../protocol/rows.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { ExactEngine } from './exact-engine.ts';
import { internalsOf } from './internals.ts';
import { newTerminal } from './library.ts';
import { PublicEngine } from './public-engine.ts';

/** Which engine is in use; `reason` says why it is not the exact one. */
export interface EngineReport {
	readonly exact: boolean;
	readonly reason: string | null;
}

export function openEngine(options: EngineOptions, wanted?: 'exact' | 'public'): Engine {
	if (wanted !== 'public' && (wanted === 'exact' || engineReport().exact)) {
		const engine = openExact(options);
		if (engine) return engine;
	}
	return openPublic(options);
}

let report: EngineReport | undefined;

/** The result of the self-test, which runs once a process. */
export function engineReport(): EngineReport {
	if (!report) {
		const reason = selfTest();
		report = { exact: reason === null, reason };
	}
	return report;
}

// What the self-test prints: colours, a wrap, wide and combined characters, an erasure, a scroll.
const fixture = new TextEncoder().encode(
	'\x1b[1;38;5;208mbold\x1b[0m plain \x1b[48;2;1;2;3mrgb\x1b[m\r\n' +
		'wraps over the edge of it \u4e2d\u6587 e\u0301 \u{1f469}\u200d\u{1f4bb}\r\n' +
		'\x1b[2;3Hab\x1b[K\x1b[7minverse\x1b[27m\x1b[5;1Hlast\r\nmore\x1b[2;4r\x1b[S',
);

function selfTest(): string | null {
	const options: EngineOptions = { columns: 20, rows: 5, scrollback: 4 };
	try {
		const exact = openExact(options);
		if (!exact) return 'the private parts of @xterm/headless are not as expected';
		const plain = openPublic(options);
		for (const engine of [exact, plain]) engine.parse(fixture);
		const difference = compare(exact, plain, options.rows);
		exact.dispose();
		plain.dispose();
		return difference;
	} catch (error) {
		return `the self-test failed: ${error instanceof Error ? error.message : String(error)}`;
	}
}

function compare(exact: Engine, plain: Engine, rows: number): string | null {
	for (let index = 0; index < rows; index += 1)
		if (written(exact.row(index)) !== written(plain.row(index)))
			return `row ${index} differs between the private and the public view`;
	if (exact.scrollback !== plain.scrollback) return 'the line count differs';
	let damaged = false;
	exact.takeDamage(() => {
		damaged = true;
	});
	return damaged ? null : 'no damage was reported';
}

/** Without the code point of combined cells, whose text counts instead. */
function written(row: ScreenRow): string {
	const cells = Array.from(row.cells, (word, at) =>
		at % 3 === 0 && (word & (1 << 21)) !== 0 ? word & ~0x1fffff : word,
	);
	return JSON.stringify([row.wrapped, cells, row.clusters]);
}

function openExact(options: EngineOptions): Engine | null {
	const terminal = newTerminal(options.columns, options.rows, options.scrollback);
	const internals = internalsOf(terminal);
	if (internals) return new ExactEngine(terminal, internals, options);
	terminal.dispose();
	return null;
}

function openPublic(options: EngineOptions): Engine {
	const terminal = newTerminal(options.columns, options.rows, options.scrollback);
	return new PublicEngine(terminal, options);
}
