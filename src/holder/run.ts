// The holder program. It knows terminals and one socket; of supervisors, tasks and git it knows
// nothing, and it needs none of them to live. All code is loaded here at the start, because the
// files on disk may be those of another version a day later.
import { parseArgs } from 'node:util';
import { messageOf } from '../lib/error-words.ts';
import { installedVersion } from '../lib/installation.ts';
import { becomeSubreaper, loadNative } from '../lib/native.ts';
import { Holder } from './holder.ts';

// Bounded: the file is nobody's to rotate.
const logLimit = 2000;
let logged = 0;
function log(line: string): void {
	logged += 1;
	if (logged <= logLimit)
		process.stderr.write(`${new Date().toISOString()} ${line.slice(0, 4096)}\n`);
}

const { values } = parseArgs({
	options: {
		id: { type: 'string' },
		record: { type: 'string' },
		exits: { type: 'string' },
		socket: { type: 'string' },
		panes: { type: 'string', default: '10' },
	},
});
const { id, record, exits, socket } = values;
if (!id || !record || !exits || !socket) {
	log('usage: holder --id ID --record FILE --exits DIR --socket PATH [--panes N]');
	process.exit(2);
}

loadNative();
// Orphans of the programs stay below this process, so they can be recognised and ended.
if (!becomeSubreaper())
	log('this system has no subreaper: orphans of programs may escape');

// The terminal that started this may go; the programs stay.
process.on('SIGHUP', () => undefined);
// A log that cannot be written is no error to log.
process.stderr.on('error', () => undefined);
// Ten programs hang on this process: one broken request must not end them.
process.on('uncaughtException', (error) => log(error.stack ?? String(error)));
process.on('unhandledRejection', (reason) =>
	log(`unhandled rejection: ${String(reason)}`),
);

const holder = new Holder({
	id,
	record,
	exits,
	socket,
	panes: Number(values.panes),
	version: installedVersion,
	log,
});
for (const signal of ['SIGTERM', 'SIGINT'] as const)
	process.on(signal, () => void holder.shutdown());
try {
	await holder.open();
} catch (error) {
	log(messageOf(error));
	process.exit(1);
}
await holder.ended;
// Sockets get a moment to hand over their last bytes; then nothing may keep this alive.
setTimeout(() => process.exit(0), 1000).unref();
