// What a starting supervisor tells the client that started it: one line on a pipe that the client
// hands it as a descriptor. Saves the client from guessing whether to wait.
import { closeSync, writeSync } from 'node:fs';
import { errorCode } from '../lib/error-words.ts';
import type { Outcome, Refusal } from '../lib/outcome.ts';

/** The descriptor that a started supervisor gets, named to it as `--report-fd`. */
export const reportDescriptor = 3;

/**
 * Tells the client that the sockets are bound, or why there will be none, and closes the
 * descriptor. For the supervisor, once, and only where it was started with `--report-fd`.
 */
export function reportStart(descriptor: number, outcome: Outcome<unknown>): void {
	const line = JSON.stringify(outcome.ok ? { ok: true } : outcome);
	try {
		writeSync(descriptor, `${line}\n`);
	} catch (error) {
		// The client has given up meanwhile; nobody else is told.
		if (errorCode(error) !== 'EPIPE') throw error;
	}
	closeSync(descriptor);
}

/** Reads the report; undefined where the text is none, such as that of a crash. */
export function parseReport(text: string): { refusal: Refusal | null } | undefined {
	if (!text.endsWith('\n')) return undefined;
	// Written by `reportStart` of the same build, on a pipe that nobody else holds.
	const report = JSON.parse(text) as { ok: true } | { ok: false; refusal: Refusal };
	return { refusal: report.ok ? null : report.refusal };
}
