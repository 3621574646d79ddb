// Holds the tree to its laws. The laws are in tests/support/architecture; each is shown to fail
// on planted violations, so that a rule that sees nothing is noticed.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type RuleName, rules } from './support/architecture/rules.ts';
import { Tree } from './support/architecture/tree.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What is committed or would be; ignored files are nobody's concern. */
function readTree(): Tree {
	const listed = execFileSync(
		'git',
		['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
		{ cwd: root, encoding: 'utf8' },
	);
	const texts = new Map<string, string>();
	for (const path of listed.split('\0')) {
		if (path === '' || path === 'node_modules') continue;
		texts.set(path, /\.(ts|tsx|js)$/.test(path) ? readIfThere(path) : '');
	}
	return new Tree(texts);
}

/** A file may have been deleted and not yet been committed so. */
function readIfThere(path: string): string {
	try {
		return readFileSync(join(root, path), 'utf8');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
		throw error;
	}
}

const names = Object.keys(rules) as RuleName[];

describe('the tree', () => {
	const tree = readTree();
	test('is read as a whole', () => {
		expect(tree.code('src').length).toBeGreaterThan(10);
		expect(tree.imports('src/journal/journal.ts').length).toBeGreaterThan(5);
	});
	test.each(names)('%s', (name) => {
		expect(rules[name](tree)).toEqual([]);
	});
});

interface Plant {
	/** Files that break the rule, each with a word that the sentence about it must hold. */
	readonly bad: readonly (readonly [files: Record<string, string>, says: string])[];
	/** Files next to the forbidden that are allowed. */
	readonly good: Record<string, string>;
}

const plants: Record<RuleName, Plant> = {
	'imports go down, never up and never to a neighbour': {
		bad: [
			[{ 'src/lib/a.ts': "import { b } from '../domain/b.ts';" }, 'is not below'],
			[{ 'src/git/a.ts': "import type { B } from '../journal/b.ts';" }, 'lower floor'],
			[{ 'src/cli/a.ts': "const b = await import('../tui/b.ts');" }, 'src/tui'],
			[
				{ 'src/tui/a.ts': "import {\n\tb,\n\tc,\n} from '../../layouts/b.tsx';" },
				'layouts',
			],
			[{ 'src/domain/a.ts': "export const x = 1;\nimport '../client/b.ts';" }, 'client'],
			[{ 'src/git/a.ts': "type B = import('../guard/b.ts').B;" }, 'src/guard'],
		],
		good: {
			'src/git/a.ts': "import { b } from './deep/b.ts';\nimport c from '../lib/c.ts';",
			'src/lib/b.ts':
				"// import { x } from '../git/a.ts';\n/*\nimport '../git/a.ts';\n*/",
		},
	},
	'folders keep to their purpose': {
		bad: [
			[{ 'components/A.tsx': "import { b } from '../src/client/b.ts';" }, 'props'],
			[{ 'src/holder/a.ts': "import { b } from '../git/b.ts';" }, 'panes only'],
			[{ 'src/cli/a.ts': "import { b } from '../journal/b.ts';" }, 'src/client'],
			[{ 'src/tui/a.ts': "import { b } from '../git/b.ts';" }, 'src/client'],
		],
		good: { 'components/A.tsx': "import type { B } from '../src/domain/b.ts';" },
	},
	'components reach no file, clock or process': {
		bad: [[{ 'components/A.tsx': "import { join } from 'node:path';" }, 'prop']],
		good: { 'layouts/A.tsx': "import { join } from 'node:path';" },
	},
	'a library is known to one file': {
		bad: [
			[
				{
					'src/git/a.ts': "import git from 'simple-git';",
					'src/git/b.ts': "import type { X } from 'simple-git/deep';",
				},
				'wrap it',
			],
			[{ 'src/tui/a.ts': "import { useState } from 'react';" }, 'belongs to'],
			[{ 'src/cli/a.ts': "const z = await import('zod');" }, 'belongs to'],
			[{ 'src/tui/a.ts': "const ink = require('ink');" }, 'belongs to'],
		],
		good: {
			'src/domain/a.ts': "import * as z from 'zod/mini';",
			'src/protocol/b.ts': "import * as z from 'zod/mini';",
			'src/git/c.ts': "import git from 'simple-git';",
			'layouts/D.tsx': "import { Box } from 'ink';",
		},
	},
	'schemas are of zod/mini': {
		bad: [
			[{ 'src/domain/a.ts': "import { z } from 'zod';" }, 'imports zod, '],
			[{ 'src/protocol/a.ts': "import type { z } from 'zod/v4';" }, 'zod/mini'],
		],
		good: { 'src/domain/a.ts': "import * as z from 'zod/mini';" },
	},
	'no import cycles': {
		bad: [
			[
				{
					'src/lib/a.ts': "import { b } from './b.ts';",
					'src/lib/b.ts': "import { c } from './c.ts';",
					'src/lib/c.ts': "import type { A } from './a.ts';",
				},
				'src/lib/a.ts -> src/lib/b.ts -> src/lib/c.ts -> src/lib/a.ts',
			],
			[{ 'src/lib/a.ts': "import { a } from './a.ts';" }, 'src/lib/a.ts -> src/lib/a.ts'],
		],
		good: {
			'src/lib/a.ts': "import { b } from './b.ts';\nimport { c } from './c.ts';",
			'src/lib/b.ts': "import { c } from './c.ts';",
			'src/lib/c.ts': '',
		},
	},
	'no .tsx under src': {
		bad: [[{ 'src/tui/Pane.tsx': '' }, 'components/']],
		good: { 'layouts/Root.tsx': '' },
	},
	'domain and protocol reach nothing outside': {
		bad: [
			[{ 'src/domain/a.ts': "import { join } from 'node:path';" }, 'node:path'],
			[{ 'src/protocol/a.ts': "import type { Socket } from 'node:net';" }, 'node:net'],
			[{ 'src/domain/a.ts': 'const now = Date.now();' }, 'a clock'],
			[{ 'src/domain/a.ts': 'const now = new Date();' }, 'a clock'],
			[{ 'src/domain/a.ts': 'const id = Math.random();' }, 'chance'],
			[{ 'src/protocol/a.ts': 'setTimeout(() => {}, 1);' }, 'a timer'],
			[{ 'src/domain/a.ts': 'const home = process.env.HOME;' }, 'the process'],
		],
		good: {
			'src/domain/a.ts':
				'// Date.now() is not for us\nconst at = new Date(given).getTime();',
			'src/git/a.ts': "import { join } from 'node:path';\nconst now = Date.now();",
		},
	},
	'nothing reaches the network': {
		bad: [
			[{ 'src/git/a.ts': "import { request } from 'node:https';" }, 'node:https'],
			[{ 'src/supervisor/a.ts': 'await fetch(address);' }, 'asks the network'],
			[{ 'layouts/a.ts': 'const feed = new WebSocket(address);' }, 'asks the network'],
		],
		good: {
			'src/git/a.ts': 'await this.fetch(commits);\nconst fetched = fetchObjects(all);',
			'src/client/a.ts': "import { connect } from 'node:net';",
		},
	},
	'a verb loads no zod, no React and no SDK': {
		bad: [
			[
				{
					'src/cli/a.ts': "import { b } from '../protocol/b.ts';",
					'src/protocol/b.ts': "import { c } from '../domain/c.ts';",
					'src/domain/c.ts': "import { z } from 'zod';",
				},
				'src/cli/a.ts -> src/protocol/b.ts -> src/domain/c.ts loads zod',
			],
			[
				{
					'src/client/a.ts': "import { type B } from '../protocol/b.ts';",
					'src/protocol/b.ts': "import { z } from 'zod';",
				},
				'import the types only',
			],
		],
		good: {
			'src/cli/a.ts': [
				"import type { B } from '../protocol/b.ts';",
				"import { c } from './c.ts';",
				"const b = await import('../protocol/b.ts');",
			].join('\n'),
			'src/cli/c.ts': '',
			'src/protocol/b.ts': "import { z } from 'zod';",
		},
	},
	'a program that lives long loads everything at its start': {
		bad: [
			[
				{
					'src/supervisor/run.ts': "import { a } from '../git/a.ts';",
					'src/git/a.ts': "const b = await import('./b.ts');",
				},
				'src/git/a.ts loads ./b.ts late',
			],
			[
				{
					'src/holder/run.ts': "import { a } from '../lib/native.ts';",
					'src/lib/native.ts': "const koffi = require('koffi');",
				},
				'src/lib/native.ts loads koffi late',
			],
		],
		good: {
			'src/holder/run.ts': [
				"import { loadNative } from '../lib/native.ts';",
				"import { a } from './a.ts';",
				'loadNative();',
			].join('\n'),
			'src/holder/a.ts': "let b: import('./b.ts').B;",
			'src/lib/native.ts': "const koffi = require('koffi');",
			'src/cli/verbs.ts': "const verb = await import('./new.ts');",
		},
	},
	'a file bears the name of its one concept': {
		bad: [
			[{ 'src/git/utils.ts': '' }, 'no concept'],
			[{ 'src/git/git-helpers.ts': '' }, 'no concept'],
			[{ 'tests/support/types.ts': '' }, 'no concept'],
			[{ 'src/lib/index.ts': '' }, 'no concept'],
			[{ 'src/git/mergeTree.ts': '' }, 'kebab-case'],
			[{ 'components/status-bar.tsx': 'export function StatusBar() {}' }, 'PascalCase'],
			[{ 'layouts/Mount.tsx': 'export function mountRoot() {}' }, 'kebab-case'],
		],
		good: {
			'src/git/merge-tree.ts': '',
			'components/StatusBar.tsx': 'export function StatusBar() {}',
			'layouts/mount.tsx': 'export function mountRoot() {}',
			'tests/unit/git/merge-tree.test.ts': '',
		},
	},
	'what is imported comes from where it is defined': {
		bad: [
			[{ 'src/git/a.ts': "export { b } from './b.ts';" }, 'hands on'],
			[{ 'src/git/a.ts': "export * from './b.ts';" }, 'hands on'],
			[{ 'src/git/a.ts': "export type { B } from './b.ts';" }, 'hands on'],
			[{ 'components/A.tsx': 'export default function A() {}' }, 'give it a name'],
		],
		good: { 'src/git/a.ts': "export const from = 'a';\nexport function b() {}" },
	},
	'a refusal starts small and has no full stop': {
		bad: [
			[{ 'src/git/a.ts': "refuse('a.b', 'The branch moved', 'merge again')" }, 'small'],
			[{ 'src/git/a.ts': "return refuse(\n\t'a.b',\n\t`${x} moved.`,\n);" }, 'full stop'],
			[{ 'src/git/a.ts': "refusal(busy ? 'a' : 'b', 'it moved.')" }, 'full stop'],
			[{ 'src/git/a.ts': "({ code: 'a.b', message: 'Nothing is left' })" }, 'small'],
			[{ 'src/git/a.ts': "refuse('a.b', full ? `No ${x}` : 'no room')" }, 'small'],
		],
		good: {
			'src/git/a.ts':
				"refuse('a.b', 'HEAD names no commit')\nrefuse('c', `${a.b({ c })} is gone…`, 'Ask.')",
		},
	},
	'every file lies in a folder of the plan': {
		bad: [
			[{ 'lib/a.ts': '' }, 'no folder of the plan'],
			[{ 'src/store/a.ts': '' }, 'no floor'],
			[{ 'src/main.ts': '' }, 'no floor'],
		],
		good: { 'package.json': '', 'docs/a/b.md': '', 'src/lib/a.ts': '' },
	},
};

const plant = (files: Record<string, string>) => new Tree(new Map(Object.entries(files)));

describe('the law', () => {
	for (const name of names) {
		test.each(plants[name].bad)(`"${name}" sees %j`, (files, says) => {
			const sentences = rules[name](plant(files));
			expect(sentences).toHaveLength(1);
			expect(sentences[0]).toContain(says);
		});
		test(`"${name}" lets pass what is allowed`, () => {
			expect(rules[name](plant(plants[name].good))).toEqual([]);
		});
	}
});
