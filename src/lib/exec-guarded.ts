// The trampoline without a compiler: the same call, effects and exit codes as
// native/exec-guarded.c, which says what they are. NODE_OPTIONS of the program apply here too.
import { writeSync } from 'node:fs';
import { constants } from 'node:os';
import { getSystemErrorMessage } from 'node:util';
import { execProgram, takeForeground, wearMark } from './native.ts';

const exitCodes = { wrongCall: 125, notExecutable: 126, notFound: 127 };

process.exitCode = run(process.argv.slice(2));

function run(words: readonly string[]): number {
	let at = 0;
	for (; words[at]?.startsWith('-'); at += 1) {
		const word = words[at] ?? '';
		if (word === '--') {
			at += 1;
			break;
		}
		if (!word.startsWith('--mark=')) {
			say(`exec-guarded has no option '${word}'`);
			return exitCodes.wrongCall;
		}
		wearMark(word.slice('--mark='.length));
	}
	const [file, ...rest] = words.slice(at);
	if (file === undefined) {
		say('exec-guarded was given no program to start');
		return exitCodes.wrongCall;
	}
	takeForeground();
	const reason = execProgram([file, ...rest]);
	say(`cannot start '${file}': ${messageOf(reason)}`);
	return reason === constants.errno.ENOENT ? exitCodes.notFound : exitCodes.notExecutable;
}

// Not through process.stderr, which would change the terminal's mode flags to get there.
function say(sentence: string): void {
	writeSync(2, `weir: ${sentence}\n`);
}

/** libuv's words start small where those of strerror do not. */
function messageOf(errno: number): string {
	const message = getSystemErrorMessage(-errno) ?? `error ${errno}`;
	return message.charAt(0).toUpperCase() + message.slice(1);
}
