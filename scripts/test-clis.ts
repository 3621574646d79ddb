// Drives the real CLIs that are on the PATH through the built weir, against a scripted model API: no
// login, no network. Prints what was verified of each, or why not.
//   npm run test:clis -- [CLI ...] [-t NAME ...] [--screens FOLDER]
// With a folder, each state that a trial comes to leaves its screen there, for tests/corpus.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../src/lib/error-words.ts';
import { makeFolders } from '../src/lib/private-folder.ts';
import { CliLab } from '../tests/support/cli-lab.ts';
import { trials } from '../tests/support/cli-trials.ts';
import type { RealCli } from '../tests/support/clis/real-cli.ts';
import { realClis, versionOf } from '../tests/support/real-clis.ts';

// Codex makes no sandbox where its home lies in the temp folder, which in weir's is /tmp; Gemini CLI takes no
// settings from below a folder that others may write to.
const scratch = join(homedir(), '.cache', 'weir', 'clis');
makeFolders(scratch);
process.env.TMPDIR ??= scratch;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		t: { type: 'string', short: 't', multiple: true, default: [''] },
		screens: { type: 'string' },
	},
});

interface Column {
	readonly title: string;
	/** By the name of the trial. */
	readonly verdicts: ReadonlyMap<string, string>;
	readonly failed: number;
}

const wanted = trials.filter(({ name }) => values.t.some((part) => name.includes(part)));
const columns: Column[] = [];
for (const cli of realClis)
	if (positionals.length === 0 || positionals.includes(cli.name))
		columns.push(await columnOf(cli));

console.log(`\n| | ${columns.map(({ title }) => title).join(' | ')} |`);
console.log(`|---|${columns.map(() => '---|').join('')}`);
for (const { name } of wanted)
	console.log(
		`| ${name} | ${columns.map((one) => one.verdicts.get(name)).join(' | ')} |`,
	);
process.exitCode = columns.some(({ failed }) => failed > 0) ? 1 : 0;

async function columnOf(cli: RealCli): Promise<Column> {
	const version = versionOf(cli);
	if (version === null) {
		const verdicts = new Map(wanted.map(({ name }) => [name, 'not on the PATH']));
		return { title: cli.name, verdicts, failed: 0 };
	}
	const verdicts = new Map<string, string>();
	let failed = 0;
	await using lab = await CliLab.open(cli, values.screens);
	for (const [number, { name, needs, run }] of wanted.entries()) {
		const why = needs && cli.without[needs];
		if (why !== undefined) {
			verdicts.set(name, why);
			continue;
		}
		const agent = `t${number}`;
		const start = performance.now();
		try {
			await run(lab, agent);
			verdicts.set(name, 'verified');
		} catch (error) {
			failed += 1;
			verdicts.set(name, `FAILED: ${messageOf(error).split('\n', 1)[0]}`);
			console.log((await lab.weir.run('screen', agent)).stdout);
		}
		const seconds = ((performance.now() - start) / 1000).toFixed(1);
		console.log(`${cli.name} ${seconds.padStart(5)} s  ${name}: ${verdicts.get(name)}`);
		await lab.weir.run('kill', agent);
	}
	return { title: `${cli.name} ${version}`, verdicts, failed };
}
