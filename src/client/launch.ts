// Starts the supervisor program as a process of its own that outlives this one.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../lib/environment.ts';
import { type Outcome, ok, type Refusal, refusal } from '../lib/outcome.ts';
import { openPrivateFolder } from '../lib/private-folder.ts';
import { programFile } from '../lib/program-file.ts';
import { parseReport, reportDescriptor } from './start-report.ts';
import { openLog, supervisorLog } from './supervisor-log.ts';

/** How a launch ended: the sockets are bound, or not and why. */
export type Launched =
	| { readonly bound: true }
	| { readonly bound: false; readonly why: Refusal };

/** The supervisor, as source or as built. */
export const supervisorProgram = programFile('src/supervisor/main');

/**
 * Starts `program` detached and answers once it reports or ends. What it prints goes to
 * its log. Rejects with the reason of `signal` when that fires first;
 * the supervisor then goes on starting.
 */
export async function launchSupervisor(
	commonDir: string,
	environment: Environment,
	program: string,
	signal: AbortSignal,
): Promise<Outcome<Launched>> {
	const folder = openPrivateFolder(join(commonDir, 'weir'));
	if (!folder.ok) return folder;
	const log = supervisorLog(commonDir);
	const output = openLog(log);
	let child: ChildProcess;
	try {
		const report = ['--report-fd', String(reportDescriptor)];
		child = spawn(process.execPath, [program, '--common-dir', commonDir, ...report], {
			cwd: '/',
			detached: true,
			env: { ...environment, NODE_ENV: 'production' },
			stdio: ['ignore', output, output, 'pipe'],
		});
	} finally {
		closeSync(output);
	}
	const text = await readReport(child, signal);
	const report = parseReport(text);
	if (!report) return ok({ bound: false, why: diedBeforeReport(log) });
	return ok(report.refusal ? { bound: false, why: report.refusal } : { bound: true });
}

/** A report is one refusal; more than this is no report. */
const reportLimit = 64 * 1024;

function readReport(child: ChildProcess, signal: AbortSignal): Promise<string> {
	const pipe = child.stdio[reportDescriptor];
	return new Promise((settle, fail) => {
		let text = '';
		const stop = () => {
			signal.removeEventListener('abort', abort);
			pipe?.destroy();
			child.unref();
		};
		const abort = () => {
			stop();
			fail(signal.reason);
		};
		const end = () => {
			stop();
			settle(text);
		};
		signal.addEventListener('abort', abort, { once: true });
		child.once('error', (error) => {
			stop();
			fail(new Error('the supervisor cannot be started', { cause: error }));
		});
		pipe?.on('data', (chunk) => {
			text += String(chunk);
			if (text.endsWith('\n') || text.length > reportLimit) end();
		});
		pipe?.on('error', end);
		pipe?.on('close', end);
	});
}

function diedBeforeReport(log: string): Refusal {
	// Node prints the error, then its stack, then its own version.
	const lines = readFileSync(log, 'utf8').split('\n');
	const last = lines.findLast((line) => /^\w*Error\b/.test(line))?.slice(0, 300);
	return refusal(
		'supervisor.died',
		`the supervisor ended while it started${last ? `: ${last}` : ''}`,
		`read ${log}`,
	);
}
