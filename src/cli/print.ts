// What verbs print: JSON, tables, refusals. A reader that went away ends the verb quietly.
import type { Refusal } from '../lib/outcome.ts';
import { visibleText } from '../lib/plain-text.ts';
import type { Call } from './verb.ts';

export function printJson(value: unknown): void {
	print(JSON.stringify(value));
}

export function print(line: string): void {
	process.stdout.write(`${line}\n`);
}

/** Resolves when whoever reads has taken it, or it waits in little room. */
export async function write(text: string): Promise<void> {
	if (text === '' || process.stdout.write(text)) return;
	await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}

/** One line with words of others in it: paths, commands, names of files. */
export function printLine(line: string): void {
	print(visibleText(line));
}

/** To the person, beside what the verb prints. */
export function tell(text: string): void {
	const lines = text.split('\n').map(visibleText);
	process.stderr.write(`${lines.join('\n')}\n`);
}

export function printRefusal(refusal: Refusal, call: Pick<Call, 'json'> | null): void {
	if (call?.json) {
		printJson({ v: 1, refusal: refusalJson(refusal) });
		return;
	}
	tell(`weir: ${refusal.message}`);
	if (refusal.allow) tell(`  ${refusal.allow}`);
}

export function refusalJson({ code, message, allow }: Refusal) {
	return { code, message, allow: allow ?? null };
}

/** Columns as wide as their widest cell; the last one is not padded. Names and words are ASCII. */
export function printTable(raw: readonly (readonly string[])[]): void {
	const rows = raw.map((cells) => cells.map(visibleText));
	const widths: number[] = [];
	for (const row of rows) {
		for (const [column, cell] of row.entries()) {
			widths[column] = Math.max(widths[column] ?? 0, cell.length);
		}
	}
	for (const row of rows) {
		const cells = row.map((cell, column) =>
			column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0),
		);
		print(cells.join('  ').trimEnd());
	}
}

let clearBeforeEnd: (() => Promise<void>) | null = () => Promise.resolve();

/** What has to be cleared away before a reader that is gone, or a full disk, ends the verb. */
export function clearOnClosedPipe(clear: () => Promise<void>): void {
	clearBeforeEnd = clear;
}

/** `head` and the like close the pipe early: that is no failure. A full disk is one. */
export function endWhereNothingCanBePrinted(): void {
	for (const stream of [process.stdout, process.stderr]) {
		stream.on('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'EPIPE') void endAtOnce(0);
			else void endAtOnce(1, stream === process.stdout ? error.message : null);
		});
	}
}

// Once: a verb that goes on printing meanwhile meets the pipe again.
async function endAtOnce(code: number, why: string | null = null): Promise<void> {
	const clear = clearBeforeEnd;
	clearBeforeEnd = null;
	if (clear === null) return;
	if (why !== null) tell(`weir: it was carried out, but could not be printed: ${why}`);
	try {
		await clear();
	} finally {
		process.exit(code);
	}
}

/** A duration in the shortest form that tells enough: 4s, 12m, 3h, 2d. */
export function shortAge(since: string): string {
	const seconds = Math.max(0, Math.round((Date.now() - Date.parse(since)) / 1000));
	if (seconds < 60) return `${seconds}s`;
	if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
	if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
	return `${Math.floor(seconds / 86_400)}d`;
}
