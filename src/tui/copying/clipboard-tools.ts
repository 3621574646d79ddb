// Programs that put a text into the clipboard of the machine that the user sits at.
import { spawn } from 'node:child_process';
import type { Environment } from '../../lib/environment.ts';

/** A tool that waits for a display that is gone must not be waited for. */
const patienceMs = 2000;

/**
 * Those that reach a clipboard from here, the likeliest first. Over SSH the machine's own clipboard is
 * not the user's. tmux hands its buffer to the terminal even where it takes no sequences for that.
 */
export function clipboardTools(
	{ SSH_CONNECTION, TMUX, WAYLAND_DISPLAY, DISPLAY }: Environment,
	platform = process.platform,
): readonly (readonly string[])[] {
	const here = !SSH_CONNECTION;
	return [
		...(here && platform === 'darwin' ? [['pbcopy']] : []),
		...(here && WAYLAND_DISPLAY ? [['wl-copy']] : []),
		...(here && DISPLAY
			? [
					['xclip', '-selection', 'clipboard'],
					['xsel', '--clipboard', '--input'],
				]
			: []),
		...(TMUX ? [['tmux', 'load-buffer', '-w', '-']] : []),
	];
}

/** Whether the tool is there and has taken the text. */
export function feedTool(
	[file = '', ...rest]: readonly string[],
	text: string,
	environment: Environment,
): Promise<boolean> {
	return new Promise((resolve) => {
		// It stays behind to serve the clipboard: it must not hold our output open.
		const child = spawn(file, rest, {
			stdio: ['pipe', 'ignore', 'ignore'],
			env: environment,
			timeout: patienceMs,
			killSignal: 'SIGKILL',
		});
		child.on('error', () => resolve(false));
		child.on('exit', (code) => resolve(code === 0));
		child.stdin.on('error', () => undefined);
		child.stdin.end(text);
	});
}
