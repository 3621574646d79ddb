// Records what a terminal program prints, a file for each screen, for tests that replay it without the
// program:
//   node scripts/record-screens.ts --size 98x25 --out FOLDER --keys STEPS -- CMD...
// STEPS are those of scripts/picture.ts; each `screen` among them ends a file.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openProgram } from '../tests/support/terminal-driver.ts';
import { parseSize, takeSteps } from './picture/steps.ts';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		size: { type: 'string', default: '98x25' },
		out: { type: 'string' },
		keys: { type: 'string', default: 'wait-idle' },
		cwd: { type: 'string', default: process.cwd() },
	},
});

const { out, keys, cwd } = values;
if (out === undefined) {
	console.error('record-screens: say where to: --out FOLDER -- CMD...');
	process.exit(2);
}
mkdirSync(out, { recursive: true });
const [columns, rows] = parseSize(values.size);
await using program = openProgram(positionals, { columns, rows, cwd });
let number = 0;
for (const steps of keys.split(/;?screen;?/)) {
	if (steps === '') continue;
	await takeSteps(program, steps);
	await program.waitIdle();
	number += 1;
	const file = join(out, `${String(number).padStart(2, '0')}.bin`);
	writeFileSync(file, program.bytes());
	program.forget();
	console.log(`${file}\n${program.screen().join('\n')}`);
}
