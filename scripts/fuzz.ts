// Looks for output that is not painted right, until it finds some or the time is over.
//   npm run fuzz -- [--minutes N] [--seed N]
// What it finds is made small, printed with its seed and kept in tests/fixtures/sessions, where every
// run of the tests tries it again.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { anySession, faultsOf, type Session } from '../tests/support/pane-path.ts';

const { values } = parseArgs({
	options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string' } },
});
const corpus = join(import.meta.dirname, '..', 'tests', 'fixtures', 'sessions');
const roundRuns = 2_000;
const until = performance.now() + Number(values.minutes) * 60_000;
let seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
let tried = 0;

do {
	const details = await fc.check(
		fc.asyncProperty(anySession, async (session) => {
			const [fault] = await faultsOf(session);
			if (fault !== undefined) throw new Error(fault);
		}),
		{ seed, numRuns: roundRuns },
	);
	tried += details.numRuns;
	if (details.failed) {
		report(details.seed, details.counterexample?.[0], details.errorInstance);
		process.exitCode = 1;
		break;
	}
	process.stdout.write(`${tried} sessions, seed ${seed}\n`);
	seed += 1;
} while (performance.now() < until && values.seed === undefined);

function report(failed: number, session: Session | undefined, error: unknown): void {
	const file = join(corpus, `seed-${failed}.json`);
	if (session) writeFileSync(file, `${JSON.stringify(session, null, '\t')}\n`);
	process.stdout.write(`seed ${failed}: ${String(error)}\nkept as ${file}\n`);
}
