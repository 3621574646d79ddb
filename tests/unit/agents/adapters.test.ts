// What holds of every adapter, and that there is no more to one than its file, a row and its rules.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
	adapterOf,
	allAdapters,
	builtInKinds,
	foreignLogins,
} from '../../../src/agents/registry.ts';
import { loadRules } from '../../../src/agents/rule-files.ts';
import { contextOf, other } from '../../support/launch.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const sources = globSync('{src,components,layouts}/**/*.{ts,tsx}', { cwd: root });

/** What names CLIs beside their adapters: formats of records, and whose hooks those of earlier versions were. */
const naming = new Set(['src/domain/agent-kinds.ts', 'src/cli/verbs/hook.ts']);

/** weir's own is called as much else here is, and tells by itself what its screen would. */
const others = allAdapters.filter(({ name }) => name !== 'weir');

describe.each(others.map((one) => [one.name, one] as const))(
	'%s of others',
	(name, adapter) => {
		test('is one file and its rows', () => {
			const quoted = new RegExp(`['"\`]${name}['"\`]`);
			const others = sources.filter(
				(path) =>
					!path.startsWith(`src/agents/${name}`) &&
					!path.startsWith('src/cli/rows/') &&
					!naming.has(path) &&
					quoted.test(readFileSync(join(root, path), 'utf8')),
			);
			expect(others).toEqual([]);
			expect(adapterOf(name)).toBe(adapter);
			expect(builtInKinds[name]?.like).toBe(name);
		});

		test('has rules of its own for its screen', async () => {
			const rules = await loadRules({ XDG_CONFIG_HOME: '/nowhere', HOME: '/nowhere' });
			expect(rules.problems).toEqual([]);
			expect(rules.of(name)).not.toEqual(rules.of(null));
		});
	},
);

describe.each(allAdapters.map((one) => [one.name, one] as const))('%s', (_, adapter) => {
	test("keeps the user's words first, and takes no prompt for an option", () => {
		const command = ['cli', '--odd', 'word'];
		const { argv } = adapter.launch(contextOf({ command, prompt: '--yolo' }));
		expect(argv[0]).toBe('cli');
		expect(argv.join(' ')).toContain('--odd word');
		const marked = argv.indexOf('--');
		const bare = argv.findIndex((word) => word === '--yolo');
		expect(bare === -1 || (marked !== -1 && marked < bare)).toBe(true);
	});

	test('goes on with a conversation, without a task', () => {
		const { argv } = adapter.launch(contextOf({ prompt: null, resume: other }));
		expect(argv).not.toEqual(adapter.launch(contextOf({ prompt: null })).argv);
		expect(argv).not.toContain('--');
	});

	test('is given files of its start alone, by plain names', () => {
		const { files } = adapter.launch(contextOf({}));
		for (const path of Object.keys(files)) expect(path).toMatch(/^[a-z.-]+$/i);
	});

	test('keeps what it needs below the home, and shuts what others run of that', () => {
		const writable = adapter.writable('/home/p', {});
		const fixed = adapter.fixed('/home/p', {});
		for (const path of [...writable, ...fixed]) expect(path).toMatch(/^\/home\/p\//);
	});

	test('keeps the variables by which it logs in', () => {
		const foreign = foreignLogins(adapter);
		expect(adapter.logins.filter((one) => foreign.includes(one))).toEqual([]);
	});

	test('understands what its tools ask before they write', () => {
		const { writes } = adapter;
		for (const tool of writes?.tools ?? [])
			expect(
				writes?.asked({
					tool_name: tool,
					tool_input: {},
					toolName: tool,
					toolArgs: {},
				}),
			).toMatchObject({ tool, paths: [] });
		// Of what is no payload no scope covers anything.
		expect(writes?.asked('no payload')?.paths ?? []).toEqual([]);
	});
});

test('no two have a name in common', () => {
	expect(Object.keys(builtInKinds)).toEqual(allAdapters.map(({ name }) => name));
});
