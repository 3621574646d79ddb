// Which version a program says that it is.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { withPassingFolder } from './passing-folder.ts';

/**
 * What `--version` prints of digits and points; null where it says none in time. What it leaves in the
 * folder for temporary files goes: opencode 1.18.33 makes a folder there before it reads its options.
 */
export async function toldVersion(
	program: string,
	env: NodeJS.ProcessEnv,
	patienceMs: number,
): Promise<string | null> {
	try {
		return await withPassingFolder('version', async (folder) => {
			const options = {
				env: { ...env, TMPDIR: folder },
				timeout: patienceMs,
				maxBuffer: 64 * 1024,
			};
			const { stdout, stderr } = await promisify(execFile)(
				program,
				['--version'],
				options,
			);
			// pi tells it on its standard error.
			return /\d+(?:\.\d+)+[\w.-]*/.exec(`${stdout}\n${stderr}`)?.[0] ?? null;
		});
	} catch {
		// It is broken, slow or tells nothing: that it is there is all that is known.
		return null;
	}
}
