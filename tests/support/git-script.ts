// A program of its own that calls functions of src/git: to be killed, or to be somebody else than root.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scratchFolder } from './repository.ts';

/** The path of a script of the given lines; each name is imported from the file of src/git it is with. */
export function gitScript(
	imports: Readonly<Record<string, string>>,
	lines: readonly string[],
): string {
	const from = (file: string) => JSON.stringify(join(process.cwd(), 'src/git', file));
	const head = Object.entries(imports).map(
		([name, file]) => `import { ${name} } from ${from(file)};`,
	);
	const script = join(scratchFolder(), 'script.ts');
	writeFileSync(script, [...head, ...lines, ''].join('\n'));
	return script;
}

const nobody = 65_534;

/** Runs a script as somebody for whom permissions count, who from then on owns `top` and the script. */
export function runAsNobody(script: string, top: string): () => string {
	const root = process.getuid?.() === 0;
	if (root) execFileSync('chown', ['-R', `${nobody}:${nobody}`, top, dirname(script)]);
	return () =>
		execFileSync(process.execPath, [script], {
			encoding: 'utf8',
			env: { PATH: process.env['PATH'], HOME: '/nonexistent', TMPDIR: dirname(script) },
			...(root ? { uid: nobody, gid: nobody } : {}),
		}).trim();
}
