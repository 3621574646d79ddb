// Files by which gates judge, beside their own definitions: what configures a tool, and the scripts that a
// command runs. Who changes one of them may make a gate green by that alone.
import type { CommandLine } from '../command-line.ts';
import { compileScope, covers } from '../scope/scope.ts';
import type { Gate } from './gate.ts';

/** The settings of weir itself hold the gates. */
const ofWeir = /^\.weir\//;

const script = '(?:[cm]?[jt]s|json|jsonc|ya?ml|toml)';

/** By their names, in whichever folder. */
const tools: readonly RegExp[] = [
	/^package\.json$/,
	/^(?:ts|js)config(?:[.-].+)?\.json$/,
	new RegExp(`^[\\w.-]+\\.(?:config|workspace|projects)\\.${script}$`),
	new RegExp(`^\\.[\\w-]+rc(?:\\.${script})?$`),
	new RegExp(`^(?:vitest|jest)[.-](?:setup|global-setup)\\.${script}$`),
	/^\.(?:eslint|prettier|stylelint|biome)ignore$/,
	/^(?:biome|deno|turbo|nx|project|lerna|knip|tslint|oxlint)\.jsonc?$/,
	/^(?:pnpm-workspace|lefthook|\.pre-commit-config|\.golangci|\.rubocop|\.credo|Taskfile|\.yarnrc)\.ya?ml$/i,
	/^\.pnpmfile\.c?js$/,
	/^(?:pyproject|pytest|\.?ruff|bunfig|\.golangci|\.?clippy|\.?rustfmt|\.?nextest|rust-toolchain|Cargo)\.toml$/,
	/^(?:setup\.cfg|tox\.ini|\.?pytest\.ini|\.?mypy\.ini|\.flake8|\.?pylintrc|\.coveragerc|noxfile\.py)$/,
	/^pyrightconfig\.json$/,
	/^(?:go\.work|build\.rs|rust-toolchain)$/,
	/^(?:GNUmakefile|[Mm]akefile|.+\.mk|\.?[Jj]ustfile|CMakeLists\.txt|CMakePresets\.json|meson\.build)$/,
	/^(?:Rakefile|Gemfile|\.rspec|pom\.xml|build\.sbt|mix\.exs|composer\.json)$/,
	/^(?:build|settings)\.gradle(?:\.kts)?$|^gradle\.properties$/,
	/^(?:phpunit|phpstan)[\w.-]*\.(?:xml|neon)(?:\.dist)?$/,
];
const folders = /(?:^|\/)\.(?:cargo|config)\/[^/]+$/;

/**
 * Which of these paths decide what gates say. `commands` are texts that gates run in turn, such as the
 * scripts of package.json.
 */
export function gateFilesAmong(
	paths: readonly string[],
	gates: readonly Gate[],
	commands: readonly string[],
): readonly string[] {
	const named = gates.flatMap(({ config }) => config);
	const own = named.length > 0 ? compileScope(named) : null;
	const run = new Set(
		[...gates.map((gate) => textOf(gate.run)), ...commands].flatMap(filesRunBy),
	);
	return paths.filter((path) => {
		const name = path.slice(path.lastIndexOf('/') + 1);
		if (ofWeir.test(path) || folders.test(path) || run.has(path)) return true;
		return tools.some((tool) => tool.test(name)) || (own !== null && covers(own, path));
	});
}

function textOf(command: CommandLine): string {
	return typeof command === 'string' ? command : command.join(' ');
}

const interpreters =
	/^(?:(?:ba|da|k|z)?sh|node|bun|deno|tsx|ts-node|python[\d.]*|ruby|perl|php)$/;
/** What follows says what a tool goes by. */
const goesBy = /^(?:-c|-f|-p|--?config(?:-file)?|--project|--rcfile|--file|--makefile)$/;

/** What a command runs or goes by, where that is a file: relative to where it runs. */
export function filesRunBy(command: string): readonly string[] {
	return command.split(/&&|\|\||[;|\n]/).flatMap((part) => {
		const words = part
			.trim()
			.split(/\s+/)
			.map((word) => word.replace(/^["'(]+|["')]+$/g, ''))
			.filter((word) => word !== '');
		while (/^[A-Za-z_]\w*=/.test(words[0] ?? '')) words.shift();
		const files = words.slice(0, 1);
		for (const [at, word] of words.entries()) {
			if (interpreters.test(word)) files.push(...scriptIn(words.slice(at + 1)));
			if (goesBy.test(words[at - 1] ?? '')) files.push(word);
			const given = /^--?[\w-]+=(.+)$/.exec(word)?.[1];
			if (given !== undefined) files.push(given);
		}
		return files.map((file) => file.replace(/^(?:\.\/)+/, ''));
	});
}

/** The first argument that is no flag. */
function scriptIn(words: readonly string[]): readonly string[] {
	const script = words.find((word) => !word.startsWith('-') && word !== 'run');
	return script === undefined ? [] : [script];
}
