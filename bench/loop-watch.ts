// Runs within weir's processes, which know nothing of being measured. As a module it is loaded by
// NODE_OPTIONS; its one function is also sent as text to a process that is running already, so it
// takes nothing from outside of itself.

const { BENCH_LOOPS: folder } = process.env;
if (folder !== undefined) watchLoop(folder);

/**
 * Tells whoever connects to FOLDER/PID the longest turn of the event loop since somebody asked last,
 * in milliseconds: how long it took, and how long it had the processor, which other programs do not
 * change.
 */
export function watchLoop(folder: string): void {
	const { isMainThread } = process.getBuiltinModule('node:worker_threads');
	if (!isMainThread) return;
	const { createServer } = process.getBuiltinModule('node:net');
	// How often the clock is looked at: as much of a turn's time may be the pause between two looks.
	const resolution = 1;
	const used = () => {
		const { user, system } = process.threadCpuUsage();
		return (user + system) / 1000;
	};
	let last = { time: performance.now(), busy: used() };
	let longest = { time: 0, busy: 0 };
	setInterval(() => {
		const now = { time: performance.now(), busy: used() };
		longest = {
			time: Math.max(longest.time, now.time - last.time - resolution),
			busy: Math.max(longest.busy, now.busy - last.busy),
		};
		last = now;
	}, resolution).unref();
	createServer((socket) => {
		socket.on('error', () => undefined);
		socket.end(JSON.stringify(longest));
		longest = { time: 0, busy: 0 };
	})
		.listen(`${folder}/${process.pid}`)
		.unref();
}
