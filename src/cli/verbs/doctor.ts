// Checks what weir needs and says how to mend what is missing.
import { ok } from '../../lib/outcome.ts';
import { checkMachine } from '../doctor-checks.ts';
import { print, printJson, printTable } from '../print.ts';
import { exitCodes, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const checks = await checkMachine(call);
	const bad = checks.filter(({ verdict }) => verdict === 'bad').length;
	if (call.json) printJson({ v: 1, ok: bad === 0, checks });
	else {
		printTable(checks.map(({ name, verdict, found }) => [verdict, name, found]));
		for (const { name, verdict, fix } of checks) {
			if (verdict !== 'good' && fix !== null) print(`${name}: ${fix}`);
		}
		print(bad === 0 ? 'weir can work here' : `${bad} of ${checks.length} must be mended`);
	}
	return ok({ code: bad === 0 ? exitCodes.ok : exitCodes.failed });
};
