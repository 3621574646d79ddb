// The laws of the tree. Each rule answers with what breaks it and what to do instead.
import { basename } from 'node:path';
import {
	floorOf,
	floors,
	folderOf,
	forbiddenEdges,
	libraryHomes,
	topFolders,
} from './floors.ts';
import { withoutComments } from './imports.ts';
import { refusalFaults } from './refusals.ts';
import type { Tree } from './tree.ts';

/** One sentence a violation: the file, what is wrong, what to do instead. */
export type Rule = (tree: Tree) => string[];

const allFolders = floors.flat();

export const rules = {
	'imports go down, never up and never to a neighbour': (tree) =>
		edges(tree).flatMap(({ path, file, from, to }) => {
			if (from === to || floorOf(to) < floorOf(from)) return [];
			const instead =
				floorOf(to) === floorOf(from)
					? `move what both need to a lower floor, or let a higher floor hand it over`
					: `move what is needed down, or pass it in from above`;
			return [`${path} imports ${file}: ${to} is not below ${from}; ${instead}`];
		}),

	'folders keep to their purpose': (tree) =>
		edges(tree).flatMap(({ path, file, from, to }) =>
			forbiddenEdges
				.filter((edge) => edge.from === from && edge.to.includes(to))
				.map(({ instead }) => `${path} imports ${file}; ${instead}`),
		),

	'components reach no file, clock or process': (tree) =>
		tree.code('components').flatMap((path) =>
			tree
				.imports(path)
				.filter(({ name }) => name.startsWith('node:'))
				.map(({ name }) => `${path} imports ${name}; take the value as a prop`),
		),

	'a library is known to one file': (tree) => {
		const users = Map.groupBy(
			tree.code(...allFolders).flatMap((path) => {
				const used = new Set(tree.imports(path).map((one) => one.package));
				return [...used].filter((name) => name !== null).map((name) => ({ name, path }));
			}),
			({ name }) => name,
		);
		return [...users].flatMap(([name, uses]) => {
			const paths = uses.map(({ path }) => path);
			const home = libraryHomes[name];
			if (!home) {
				if (paths.length === 1) return [];
				return [
					`${name} is imported by ${paths.join(' and ')}; let one of them wrap it for the others`,
				];
			}
			return paths
				.filter((path) => !home.files.includes(path))
				.filter((path) => !home.folders.includes(folderOf(path) ?? ''))
				.map(
					(path) =>
						`${path} imports ${name}, which belongs to ${home.folders.join(', ')}; move that part there, import its types only, or name the file in floors.ts`,
				);
		});
	},

	'schemas are of zod/mini': (tree) =>
		tree.code(...allFolders).flatMap((path) =>
			tree
				.imports(path)
				.filter((one) => one.package === 'zod' && one.name !== 'zod/mini')
				.map(
					({ name }) =>
						`${path} imports ${name}, which a bundle holds as a whole; import * as z from 'zod/mini'`,
				),
		),

	'no import cycles': (tree) =>
		cyclesOf(tree).map(
			(cycle) => `${cycle.join(' -> ')}; move what they share to a file that both import`,
		),

	'no .tsx under src': (tree) =>
		tree.paths
			.filter((path) => path.startsWith('src/') && path.endsWith('.tsx'))
			.map((path) => `${path} draws; move it to components/ or layouts/`),

	'domain and protocol reach nothing outside': (tree) =>
		tree.code('src/domain', 'src/protocol').flatMap((path) => [
			...tree
				.imports(path)
				.filter(({ name }) => name.startsWith('node:'))
				.map(
					({ name }) =>
						`${path} imports ${name}; do that on a higher floor and pass the result in`,
				),
			...impurities
				.filter(({ shape }) => shape.test(withoutComments(tree.texts.get(path) ?? '')))
				.map(({ what, instead }) => `${path} uses ${what}; ${instead}`),
		]),

	'nothing reaches the network': (tree) =>
		networked(tree).flatMap((path) => [
			...tree
				.imports(path)
				.filter(({ name }) => networks.has(name))
				.map(({ name }) => `${path} imports ${name}; ${noNetwork}`),
			...(/(?<![.\w])(?:fetch|WebSocket|EventSource)\s*\(/.test(
				withoutComments(tree.texts.get(path) ?? ''),
			)
				? [`${path} asks the network; ${noNetwork}`]
				: []),
		]),

	'a verb loads no zod, no React and no SDK': (tree) =>
		[...tree.loadedBy(tree.code('src/cli', 'src/client'))].flatMap(([path, chain]) =>
			tree
				.imports(path)
				.filter((one) => one.kind === 'static' && heavy.has(one.package ?? ''))
				.map(
					({ name }) =>
						`${chain.join(' -> ')} loads ${name}; import the types only, or load it when it is needed: await import(…)`,
				),
		),

	'a program that lives long loads everything at its start': (tree) => {
		const starts = ['src/supervisor/run.ts', 'src/holder/run.ts'];
		const found = starts.filter((start) => tree.texts.has(start));
		// The one library that verbs must not wait for; a start asks for it by this call.
		const native = found.every((start) =>
			tree.texts.get(start)?.includes('loadNative();'),
		)
			? 'src/lib/native.ts'
			: undefined;
		const loaded = [...tree.loadedBy(found).keys()].filter((path) => path !== native);
		return loaded.flatMap((path) =>
			tree
				.imports(path)
				.filter(({ kind }) => kind === 'dynamic')
				.map(
					({ name }) =>
						`${path} loads ${name} late, when an upgrade may have replaced it; import it at the top`,
				),
		);
	},

	'a file bears the name of its one concept': (tree) =>
		tree
			.code(...allFolders, 'tests', 'scripts', 'bench')
			.flatMap((path) =>
				nameFaults(path, tree.texts.get(path) ?? '').map((fault) => `${path} ${fault}`),
			),

	'what is imported comes from where it is defined': (tree) =>
		tree.code(...allFolders).flatMap((path) => [
			...tree
				.imports(path)
				.filter(({ passedOn }) => passedOn)
				.map(
					({ name }) =>
						`${path} hands on ${name}; let those who need it import from there`,
				),
			...(/^export default\b/m.test(tree.texts.get(path) ?? '')
				? [`${path} has a default export; give it a name`]
				: []),
		]),

	'a refusal starts small and has no full stop': (tree) =>
		tree
			.code(...allFolders)
			.flatMap((path) =>
				refusalFaults(tree.texts.get(path) ?? '').map((fault) => `${path} ${fault}`),
			),

	'every file lies in a folder of the plan': (tree) =>
		tree.paths.flatMap((path) => {
			const [top = '', second] = path.split('/');
			if (second === undefined) return [];
			if (!topFolders.has(top))
				return [
					`${path}: ${top}/ is no folder of the plan; use one, or decide on a new one`,
				];
			if (top === 'src' && folderOf(path) === undefined)
				return [`${path} has no floor; put it into a folder of the table in floors.ts`];
			return [];
		}),
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;

/** Imports between folders of the table, of types too: a type is knowledge as well. */
function edges(tree: Tree) {
	return tree.code(...allFolders).flatMap((path) =>
		tree.imports(path).flatMap(({ file }) => {
			const from = folderOf(path);
			const to = file === null ? undefined : folderOf(file);
			return file !== null && from && to ? [{ path, file, from, to }] : [];
		}),
	);
}

/** What a verb would wait for in vain: it checks nothing, draws nothing and asks no model. */
const heavy: ReadonlySet<string> = new Set([
	'zod',
	'react',
	'ink',
	'openai',
	'@anthropic-ai/sdk',
	'@modelcontextprotocol/sdk',
]);

const noNetwork = 'weir calls no model and no service: agents do';
/** Without the texts of programs that the demo's agents write. */
const networked = (tree: Tree) =>
	tree
		.code('src', 'components', 'layouts', 'bin')
		.filter((path) => !path.startsWith('src/scenes/demo/'));
/** Sockets of this machine (node:net) are the way between weir's own processes. */
const networks: ReadonlySet<string> = new Set(
	['http', 'https', 'http2', 'tls', 'dns', 'dns/promises', 'dgram'].map(
		(name) => `node:${name}`,
	),
);

const impurities = [
	{
		what: 'a clock',
		shape: /\bDate\.now\(|\bnew Date\(\s*\)|\bperformance\.now\(/,
		instead: 'let the context bring the time',
	},
	{
		what: 'chance',
		shape: /\bMath\.random\(|\bcrypto\.(randomUUID|getRandomValues)\(/,
		instead: 'let the context bring ids',
	},
	{
		what: 'a timer',
		shape: /\bset(Timeout|Interval|Immediate)\(/,
		instead: 'answer with an effect, or let the owner of the loop wait',
	},
	{
		what: 'the process',
		shape: /(?<![.\w])process\.(env|cwd|exit|platform|argv|hrtime)\b/,
		instead: 'take it as an argument',
	},
] as const;

/** An index of git's is a concept; a file that is nothing but `index` is none. */
const vagueNames = /^(utils?|helpers?|types?|common|misc|managers?|services?)$/;

function nameFaults(path: string, text: string): string[] {
	const name = basename(path).replace(/(\.test|\.config)?\.(ts|tsx|js)$/, '');
	const faults: string[] = [];
	const words = name.toLowerCase().split('-');
	if (name === 'index' || words.some((word) => vagueNames.test(word)))
		faults.push('is named after no concept; name the one thing it holds, or split it');
	const component =
		/^(components|layouts)\/.*\.tsx$/.test(path) &&
		/^export (function|const) [A-Z]|^export function use[A-Z]/m.test(text);
	const shape = component
		? /^([A-Z][A-Za-z0-9]*|use[A-Z]\w*)$/
		: /^[a-z0-9]+(-[a-z0-9]+)*$/;
	if (!shape.test(name))
		faults.push(`is not in ${component ? 'PascalCase' : 'kebab-case'}; rename it`);
	return faults;
}

function cyclesOf(tree: Tree): string[][] {
	const done = new Set<string>();
	const cycles: string[][] = [];
	const visit = (path: string, trail: readonly string[]) => {
		const at = trail.indexOf(path);
		if (at >= 0) {
			cycles.push([...trail.slice(at), path]);
			return;
		}
		if (done.has(path)) return;
		for (const { file, kind } of tree.imports(path))
			if (file !== null && kind !== 'dynamic') visit(file, [...trail, path]);
		done.add(path);
	};
	for (const path of tree.code(...allFolders)) visit(path, []);
	return cycles;
}
