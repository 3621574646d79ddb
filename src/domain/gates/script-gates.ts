// Gates from the scripts of package.json.
import type { GateCandidate, TopFiles } from './detected-gate.ts';
import type { GateFormat } from './format.ts';
import { endingCommand } from './script-command.ts';

/** The gates that scripts make, with the names that such scripts have, the usual one first. */
const wanted: readonly (readonly [gate: string, scripts: readonly string[]])[] = [
	['test', ['test', 'test:unit', 'unit']],
	['lint', ['lint', 'lint:check', 'eslint']],
	[
		'types',
		[
			'typecheck',
			'type-check',
			'types',
			'check-types',
			'check:types',
			'types:check',
			'tsc',
		],
	],
	['build', ['build']],
	['check', ['check']],
];

type Manager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** A gate for each kind of script that ends by itself and changes no files. */
export function scriptGates({ texts, names }: TopFiles): readonly GateCandidate[] {
	const found = packageOf(texts.get('package.json') ?? '');
	if (found === null) return [];
	const manager = managerOf(found.packageManager, names);
	const gates: GateCandidate[] = [];
	for (const [gate, scripts] of wanted) {
		const candidate = scripts
			.map((script) => gateOf(gate, script, found.scripts.get(script), manager))
			.find((one) => one !== null);
		if (candidate && !repeats(found.scripts.get(gate), gate, gates))
			gates.push(candidate);
	}
	return gates;
}

interface Package {
	readonly scripts: ReadonlyMap<string, string>;
	readonly packageManager: string;
}

function packageOf(text: string): Package | null {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		// What npm cannot read has no scripts either.
		return null;
	}
	const { scripts, packageManager } = record(value);
	const entries = Object.entries(record(scripts)).filter(
		(entry): entry is [string, string] => typeof entry[1] === 'string',
	);
	return {
		scripts: new Map(entries),
		packageManager: typeof packageManager === 'string' ? packageManager : '',
	};
}

function record(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}

const lockfiles: readonly (readonly [file: string, manager: Manager])[] = [
	['pnpm-lock.yaml', 'pnpm'],
	['yarn.lock', 'yarn'],
	['bun.lock', 'bun'],
	['bun.lockb', 'bun'],
	['package-lock.json', 'npm'],
	['npm-shrinkwrap.json', 'npm'],
];

/** Who is named in package.json, else whose lockfile there is. */
function managerOf(named: string, names: ReadonlySet<string>): Manager {
	const told = /^(npm|pnpm|yarn|bun)@/.exec(named)?.[1] as Manager | undefined;
	return told ?? lockfiles.find(([file]) => names.has(file))?.[1] ?? 'npm';
}

function gateOf(
	name: string,
	script: string,
	text: string | undefined,
	manager: Manager,
): GateCandidate | null {
	if (text === undefined || saysNothing(text)) return null;
	const ending = endingCommand(text);
	if (ending === null) return null;
	const run =
		'command' in ending
			? commandBy(manager, ending.command)
			: scriptBy(manager, script, ending.arguments);
	const changed = 'command' in ending ? `, run without ${ending.without}` : '';
	return {
		name,
		otherName: null,
		run: ending.environment + run,
		parse: formatOf(text),
		why: `package.json has the script ${script}${changed}`,
	};
}

/** What npm init writes, and what stands for a script that nobody has written yet. */
function saysNothing(text: string): boolean {
	const plain = text.trim();
	if (plain === '' || /no test specified/i.test(plain)) return true;
	return /^(?:(?:echo|printf)\b[^&|;]*|true|:|exit \d+)(?:(?:&&|;) *(?:true|exit \d+))?$/.test(
		plain,
	);
}

function scriptBy(manager: Manager, script: string, more: string): string {
	const rest = more === '' ? '' : ` ${more}`;
	switch (manager) {
		case 'npm': {
			const passed = more === '' ? '' : ` -- ${more}`;
			return script === 'test' ? `npm test${passed}` : `npm run ${script}${passed}`;
		}
		case 'pnpm':
			return script === 'test' ? `pnpm test${rest}` : `pnpm run ${script}${rest}`;
		case 'yarn':
			return `yarn run ${script}${rest}`;
		case 'bun':
			return `bun run ${script}${rest}`;
	}
}

const runners: Readonly<Record<Manager, string>> = {
	npm: 'npx --no-install',
	pnpm: 'pnpm exec',
	yarn: 'yarn run',
	bun: 'bunx --no-install',
};

/** Assignments stand before what runs the program. */
function commandBy(manager: Manager, command: string): string {
	const assigned = /^(?:[A-Za-z_]\w*=\S* )*/.exec(command)?.[0] ?? '';
	return `${assigned}${runners[manager]} ${command.slice(assigned.length)}`;
}

const formats: readonly (readonly [program: RegExp, format: GateFormat])[] = [
	[/\bvitest\b/, 'vitest'],
	[/\b(?:jest|react-scripts test)\b/, 'jest'],
	[/\bmocha\b/, 'mocha'],
	[/\b(?:tsc|vue-tsc)\b/, 'tsc'],
	[/\beslint\b/, 'eslint'],
];

/** Of a script with one program its format; what runs several is found out each time. */
function formatOf(text: string): GateFormat {
	if (/[;&|]|\b(?:npm|pnpm|yarn|bun|run-[sp]|turbo|nx|lerna)\b/.test(text)) return 'auto';
	return formats.find(([program]) => program.test(text))?.[1] ?? 'auto';
}

/** A script `check` that runs the others would run all of them twice. */
function repeats(
	text: string | undefined,
	gate: string,
	others: readonly GateCandidate[],
): boolean {
	if (gate !== 'check' || text === undefined) return false;
	return others.some(({ why }) => {
		const script = / script (\S+?)(?:,|$)/.exec(why)?.[1] ?? '';
		return text.split(/[\s&|;"']+/).includes(script);
	});
}
