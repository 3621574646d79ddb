// An agent that says what it is told to on a socket (argv 2): `osc STATE` by OSC 7501, `hook EVENT` by the
// hook of a CLI. Answers once it has said it, a hook once that was started.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

createServer((peer) => {
	peer.on('data', (told) => {
		const [way, what = ''] = told.toString().split(' ');
		peer.write('said');
		if (way === 'osc') process.stdout.write(`\x1b]7501;state=${what}\x1b\\`);
		else sayByHook(what);
	});
}).listen(process.argv[2]);

function sayByHook(event: string): void {
	const hook = spawn('weir', ['hook'], { stdio: ['pipe', 'ignore', 'ignore'] });
	hook.stdin.end(JSON.stringify({ hook_event_name: event, session_id: 's' }));
}

process.stdin.resume();
