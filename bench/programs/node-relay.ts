// The least that two programs of Node can do between a terminal and a program, over a socket as weir's
// client and holder: node node-relay.ts SOCKET PROGRAM [ARGUMENT...].
import { spawn as start } from 'node:child_process';
import { writeSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { spawn } from 'node-pty';

const [role = '', ...rest] = process.argv.slice(2);
if (role === 'far') farEnd(rest[0] ?? '', rest.slice(1));
else nearEnd(role, rest);

function nearEnd(path: string, argv: readonly string[]): void {
	const { columns, rows } = process.stdout;
	const server = createServer((socket) => {
		server.close();
		process.stdin.setRawMode(true);
		process.stdin.on('data', (bytes) => socket.write(bytes));
		socket.on('data', (bytes) => writeSync(1, bytes));
		socket.on('close', () => process.exit(0));
	});
	server.listen(path, () => {
		const far = [process.argv[1] ?? '', 'far', path, `${columns}`, `${rows}`, ...argv];
		start(process.execPath, far, { stdio: 'ignore' });
	});
}

function farEnd(
	path: string,
	[columns, rows, file = '', ...args]: readonly string[],
): void {
	const terminal = spawn(file, args, {
		cols: Number(columns),
		rows: Number(rows),
		encoding: null,
	});
	const socket = connect(path);
	socket.on('data', (bytes) => terminal.write(bytes));
	terminal.onData((bytes) => socket.write(bytes));
	terminal.onExit(() => socket.end());
	socket.on('close', () => terminal.kill());
}
