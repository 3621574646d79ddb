// Fifty secrets, brought to weir on every way on which one comes: none of them is in what it keeps.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { byLooks, canaries, ofEnvironment } from '../fixtures/secrets/canaries.ts';
import { eventsOf, journal, trust } from '../support/agents.ts';
import { startModelApi } from '../support/model-api.ts';
import { commitFiles } from '../support/repository.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

const looks = byLooks.map(([, line]) => line).filter((line) => line !== '');
const values = Object.values(ofEnvironment);

function open(): ScratchWeir {
	const weir = scratchWeir();
	onTestFinished(() => weir.close());
	return weir;
}

/** Starts an agent by a client that has all secrets of the environment. */
async function start(weir: ScratchWeir, ...words: string[]): Promise<void> {
	const { code, stderr } = await weir.runWith({ env: ofEnvironment }, 'new', ...words);
	if (code !== 0) throw new Error(stderr);
}

/** Files of weir's: all but worktrees, the user's checkout and the objects of git. */
function keptFiles(weir: ScratchWeir): string[] {
	const own = [
		join(weir.repo, '.git', 'weir'),
		...['XDG_RUNTIME_DIR', 'XDG_CACHE_HOME', 'TMPDIR'].map(
			(name) => weir.env[name] ?? '',
		),
	];
	return own.flatMap((folder) =>
		readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name)),
	);
}

/** What a file holds, also where a program put sequences and line breaks of its own between. */
function textsOf(path: string): string[] {
	const bytes = readFileSync(path);
	const plain = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
	// oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
	return [plain, plain.replace(/\x1b\[[0-9;?]*[a-zA-Z]|[\r\n\t ]/g, '')];
}

function found(weir: ScratchWeir): string[] {
	const files = keptFiles(weir);
	for (const part of ['journal.sqlite', 'recordings', 'supervisor.log'])
		expect(files.some((path) => path.includes(part))).toBe(true);
	return files.flatMap((path) => {
		const texts = textsOf(path);
		return canaries
			.filter((secret) => texts.some((text) => text.includes(secret)))
			.map((secret) => `${secret} in ${path}`);
	});
}

/** Prints texts in several ways. The first characters of each stay together, as programs leave them. */
const printer = `
const { readFileSync } = require('node:fs');
const { setTimeout: sleep } = require('node:timers/promises');
const texts = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const middle = (text) => Math.floor(text.length / 2);
const ways = {
	whole: async (text) => process.stdout.write(text + '\\n'),
	split: async (text) => {
		process.stdout.write(text.slice(0, middle(text)));
		await sleep(5);
		process.stdout.write(text.slice(middle(text)) + '\\n');
	},
	coloured: async (text) => process.stdout.write(
		'\\x1b[1;32m' + text.slice(0, middle(text)) + '\\x1b[0m\\x1b[38;5;200m' + text.slice(middle(text)) + '\\x1b[0m\\n'),
	shifted: async (text) => process.stdout.write(' '.repeat(60) + text + '\\n'),
	broken: async (text) => process.stdout.write('  ' + text.slice(0, middle(text)) + '\\x1b[K\\r\\n    ' + text.slice(middle(text)) + '\\n'),
	titled: async (text) => process.stdout.write('\\x1b]0;' + text.split('\\n')[0] + '\\x07'),
};
(async () => {
	for (const way of process.argv[3].split(',')) {
		for (const text of texts) await ways[way](text);
		process.stdout.write('all ' + way + ' printed\\n');
	}
	setInterval(() => {}, 1000);
})();
`;

test('secrets of the environment and of files, however they are printed, are in no recording', async () => {
	expect(new Set(canaries).size).toBe(50);
	const weir = open();
	const script = join(weir.folder, 'printer.cjs');
	writeFileSync(script, printer);
	const known = join(weir.folder, 'known.json');
	writeFileSync(known, JSON.stringify(values));
	const seen = join(weir.folder, 'seen.json');
	writeFileSync(seen, JSON.stringify(looks));
	const node = [process.execPath, script];
	await start(
		weir,
		'known',
		'--',
		...node,
		known,
		'whole,split,coloured,shifted,broken,titled',
	);
	await start(weir, 'seen', '--', ...node, seen, 'whole,split,coloured,shifted,titled');
	await start(
		weir,
		'shell',
		'--',
		'sh',
		'-c',
		'env; echo the environment; exec sleep 1000',
	);
	await weir.shows('known', 'all titled printed');
	await weir.shows('seen', 'all titled printed');
	await weir.shows('shell', 'the environment');
	const histories = await Promise.all(
		['known', 'seen', 'shell'].map(async (name) => {
			const { stdout } = await weir.run('screen', name, '--history');
			return stdout.replaceAll(/\s/g, '');
		}),
	);
	for (const secret of canaries)
		for (const history of histories) expect(history).not.toContain(secret);
	// What stands around them was recorded.
	expect(histories[1]).toContain('Server=db;UserId=app;Password=****');
	expect(histories[2]).toContain('DATABASE_PASSWORD=****');
	await weir.run('kill', 'shell');
	expect(found(weir)).toEqual([]);
});

test('what is said with a secret in it is recorded without, and arrives as it was said', async () => {
	const weir = open();
	const all = [...values, ...looks].join('\n');
	const reader = `while read -r line; do printf '%s\n' "$line" >> lines; echo "heard $(wc -l < lines)"; done`;
	const words = [
		'sh',
		'-c',
		`printf '%s' "$1" > argument; echo ready; ${reader}`,
		'sh',
		all,
	];
	await start(weir, 'one', '--', ...words);
	await weir.shows('one', 'ready');
	const { worktree } = await weir.agent('one');
	expect(readFileSync(join(worktree, 'argument'), 'utf8')).toBe(all);
	for (const [index, line] of [values[3], values[6], looks[0], looks[21]].entries()) {
		await weir.run('send', 'one', `use ${line ?? ''} for it`);
		await weir.shows('one', `heard ${index + 1}`);
	}
	const lines = readFileSync(join(worktree, 'lines'), 'utf8').split('\n');
	expect(lines[0]).toBe(`use ${values[3]} for it`);
	expect(lines[3]).toBe(`use ${looks[21]} for it`);
	const { state } = await weir.agent('one');
	expect(state).not.toBe('failed');
	const [created] = await eventsOf(weir, 'agent.created');
	expect(created?.data.argv.at(-1)).toMatch(/\[secret [0-9a-f]{8}\]/);
	expect(found(weir)).toEqual([]);
	// The next supervisor has what is recorded, and no more.
	await weir.json('up', '--restart');
	expect(found(weir)).toEqual([]);
});

test('what agents ask, gates print and weir logs is kept without secrets', async () => {
	const weir = open();
	const gate = [...values, ...looks].join('\n');
	commitFiles(
		weir.repo,
		{
			'gate.txt': gate,
			'.weir/config.yaml':
				'gates:\n  leak: {run: "cat gate.txt; exit 1", when: settle}\n',
		},
		'gate',
	);
	await weir.run('up');
	await trust(weir);
	const question = `May I use ${looks[0]} with ${values[6]}?`;
	const asking = `printf '%s' "$(weir ask "$1")" > answer; echo answered; exec sleep 1000`;
	await start(weir, 'asks', '--', 'sh', '-c', asking, 'sh', question);
	const [opened] = await eventsOf(weir, 'question.opened');
	expect(opened?.data.text).toMatch(
		/^May I use found \[secret \w+\] here with \[secret \w+\]\?$/,
	);
	const answer = `no, ${values[7]} instead`;
	await weir.json('answer', opened?.data.question ?? '', '--text', answer);
	await weir.shows('asks', 'answered');
	const { worktree } = await weir.agent('asks');
	expect(readFileSync(join(worktree, 'answer'), 'utf8')).toContain(values[7]);
	await weir.run('gates', 'asks', '--run');
	const verdicts = await eventsOf(weir, 'gate.settled');
	expect(JSON.stringify(verdicts)).toContain('"failed"');
	// An error of git's that names an address.
	await weir.run('new', 'wrong', '--base', `https://someone:${values[0]}@git.example/x`);
	await weir.run('comment', 'asks', 'readme.md:1', `here is ${looks[4]}`);
	expect(JSON.stringify(await journal(weir))).toMatch(/\[secret/);
	expect(found(weir)).toEqual([]);
});

test("weir's own agent keeps none in its transcript", async () => {
	const [printed = '', written = ''] = [looks[2], looks[5]];
	const api = await startModelApi([
		{
			prompt: 'SHOW',
			turns: [
				{ calls: [{ tool: 'read', input: { path: 'secrets.txt' } }] },
				{ calls: [{ tool: 'run', input: { command: 'env; cat secrets.txt' } }] },
				{
					calls: [
						{ tool: 'write', input: { path: 'copy.txt', content: `${written}\n` } },
					],
				},
				{ say: `I have seen ${printed}` },
			],
		},
	]);
	onTestFinished(() => api[Symbol.asyncDispose]());
	const weir = open();
	commitFiles(weir.repo, { 'secrets.txt': looks.join('\n') }, 'secrets');
	const { code, stdout, stderr } = await weir.runWith(
		{ env: { ...ofEnvironment, ANTHROPIC_BASE_URL: api.url } },
		...['agent', '--print', `SHOW me ${looks.join(' ')}`, '--permission-mode', 'all'],
	);
	expect({ code, stderr }).toMatchObject({ code: 0 });
	expect(stdout).toContain('I have seen');
	// What it wrote is what the model wrote.
	expect(readFileSync(join(weir.repo, 'copy.txt'), 'utf8')).toBe(`${written}\n`);
	const told = api.requests.flatMap(({ said }) => said).join('\n');
	// The model is told what is in files, and nothing of the environment.
	expect(told).toContain(printed);
	for (const value of values) expect(told).not.toContain(value);
	const folder = join(weir.env.XDG_DATA_HOME ?? '', 'weir', 'conversations');
	const transcript = readdirSync(folder)
		.map((name) => readFileSync(join(folder, name), 'utf8'))
		.join('\n');
	expect(transcript).toContain('"kind":"result"');
	expect(transcript).toContain('I have seen');
	for (const secret of canaries) expect(transcript).not.toContain(secret);
});
