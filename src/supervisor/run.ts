// The supervisor program. Everything is loaded at the start: an upgrade on disk must not reach into
// a process that runs.
import { parseArgs } from 'node:util';
import { reportStart } from '../client/start-report.ts';
import { loadNative } from '../lib/native.ts';
import { keepYoungHeapSmall } from '../lib/young-heap.ts';
import { startSupervisor } from './start.ts';

keepYoungHeapSmall();
const { values } = parseArgs({
	options: { 'common-dir': { type: 'string' }, 'report-fd': { type: 'string' } },
});
const commonDir = values['common-dir'];
if (!commonDir) {
	console.error('usage: supervisor --common-dir DIR [--report-fd N]');
	process.exit(2);
}
loadNative();
const started = await startSupervisor(commonDir, process.env);
if (values['report-fd'] !== undefined) reportStart(Number(values['report-fd']), started);
if (!started.ok) {
	console.error(started.refusal.message);
	process.exit(started.refusal.code === 'supervisor.running' ? 0 : 1);
}
const supervisor = started.value;
// Agents live on in their holders; the next verb starts a supervisor that adopts them.
process.on('SIGTERM', () => void supervisor.end());
process.on('SIGINT', () => void supervisor.end());
process.on('SIGHUP', () => undefined);
// A log that cannot be written is no error to log: on a full disk that would never end.
process.stderr.on('error', () => undefined);
process.stdout.on('error', () => undefined);
process.on('unhandledRejection', (error) => console.error('unhandled:', error));
process.on('uncaughtException', (error) => console.error('uncaught:', error));
await supervisor.ended;
process.exit(0);
