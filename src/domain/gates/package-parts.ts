// What a package.json is to gates: its scripts and what tools read in it decide what they say, its
// dependencies what is installed, and the rest describes the package.

type Fields = Readonly<Record<string, unknown>>;

const installing: ReadonlySet<string> = new Set([
	'dependencies',
	'devDependencies',
	'peerDependencies',
	'peerDependenciesMeta',
	'optionalDependencies',
	'bundleDependencies',
	'bundledDependencies',
	'overrides',
	'resolutions',
	'packageManager',
	'engines',
	'workspaces',
]);
const describing: ReadonlySet<string> = new Set([
	...['name', 'version', 'description', 'keywords', 'homepage', 'bugs', 'license'],
	...['author', 'contributors', 'funding', 'repository', 'private', 'files', 'main'],
	...['module', 'browser', 'types', 'typings', 'exports', 'bin', 'man', 'directories'],
	...['publishConfig', 'sideEffects'],
]);

const isJudging = (key: string) => !installing.has(key) && !describing.has(key);

/** Whether both say the same of what decides; what cannot be read decides as a whole. */
export function sameJudging(one: string, other: string): boolean {
	return sameOf(one, other, isJudging);
}

/** Whether both ask for the same to be installed. */
export function sameInstalled(one: string, other: string): boolean {
	return sameOf(one, other, (key) => installing.has(key));
}

/** The text of `merged`, with what decides as `base` has it. */
export function withJudgingOf(base: string, merged: string): string {
	const [below, above] = [fieldsOf(base), fieldsOf(merged)];
	if (below === null || above === null) return base;
	if (sameJudging(base, merged)) return merged;
	const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])];
	const mixed = keys.flatMap((key) => {
		const from = isJudging(key) ? below : above;
		return Object.hasOwn(from, key) ? [[key, from[key]] as const] : [];
	});
	const indent = /\n([ \t]+)"/.exec(base)?.[1] ?? '  ';
	return `${JSON.stringify(Object.fromEntries(mixed), null, indent)}\n`;
}

/** The commands that its scripts are. */
export function scriptsOf(text: string): readonly string[] {
	const scripts = fieldsOf(text)?.scripts;
	if (typeof scripts !== 'object' || scripts === null) return [];
	return Object.values(scripts).filter((value) => typeof value === 'string');
}

function sameOf(one: string, other: string, which: (key: string) => boolean): boolean {
	const [first, second] = [fieldsOf(one), fieldsOf(other)];
	if (first === null || second === null) return one === other;
	const part = (fields: Fields) =>
		JSON.stringify(
			Object.entries(fields)
				.filter(([key]) => which(key))
				.toSorted(([a], [b]) => (a < b ? -1 : 1)),
		);
	return part(first) === part(second);
}

function fieldsOf(text: string): Fields | null {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? { ...value }
			: null;
	} catch {
		// No package manager reads it either.
		return null;
	}
}
