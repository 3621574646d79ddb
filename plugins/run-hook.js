// What the plugins that weir gives to CLIs have in common: running weir's hooks as a CLI without plugins
// runs them, by a program, its arguments and a payload. Loaded by the CLI, in its own process.
import { spawn } from 'node:child_process';

/** Longer than any hook takes that waits for no person. */
const promptlyMs = 60_000;

/**
 * Hands a payload to a hook; what it printed, and its code, null where it was ended.
 * @param {readonly string[]} argv
 * @param {object} payload
 * @param {{ readonly signal?: AbortSignal, readonly timeout?: number }} options
 * @returns {Promise<{ code: number | null, stdout: string, stderr: string }>}
 */
export function runHook([file, ...args], payload, options = { timeout: promptlyMs }) {
	return new Promise((resolve) => {
		const child = spawn(file, args, { ...options, stdio: 'pipe' });
		const printed = { stdout: '', stderr: '' };
		for (const stream of ['stdout', 'stderr'])
			child[stream].setEncoding('utf8').on('data', (text) => {
				printed[stream] += text;
			});
		child.on('error', (error) => resolve({ ...printed, code: null, stderr: `${error}` }));
		child.on('close', (code) => resolve({ ...printed, code }));
		// Who ends before it has read all has said what it has to say.
		child.stdin.on('error', () => {});
		child.stdin.end(JSON.stringify(payload));
	});
}

/**
 * Why a tool may not write; null where it may. A hook that fails in any way says no.
 * @param {readonly string[]} argv
 * @param {object} payload
 */
export async function refusal(argv, payload) {
	const { code, stdout, stderr } = await runHook(argv, payload);
	if (code === 0) return stdout.trim() || null;
	return (
		stderr.trim() || 'weir could not be asked whether this write is within your scope'
	);
}

/**
 * Tells states one after another, as they came; done when the state is told.
 * @param {readonly string[]} argv
 * @returns {(payload: object) => Promise<unknown>}
 */
export function teller(argv) {
	/** @type {Promise<unknown>} */
	let last = Promise.resolve();
	return (payload) => {
		last = last.then(() => runHook(argv, payload));
		return last;
	};
}
