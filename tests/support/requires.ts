// Programs that a test runs and that not every machine has.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Skips the test, and says why, where the program is not on the PATH. */
export function requires(context: { skip(note: string): void }, program: string): void {
	const found = (process.env.PATH ?? '')
		.split(':')
		.some((folder) => existsSync(join(folder, program)));
	if (!found) context.skip(`${program} is not installed`);
}
