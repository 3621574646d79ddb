// The table of floors and of what each folder may not do beyond them.

/** From the lowest to the highest; a file imports from its own folder or from a lower floor. */
export const floors: readonly (readonly string[])[] = [
	['src/lib'],
	['src/domain'],
	['src/protocol'],
	[
		'src/client',
		'src/journal',
		'src/terminal',
		'src/git',
		'src/guard',
		'src/gates',
		'src/agents',
		'src/models',
		'src/hosts',
		'src/forge',
		'src/page',
	],
	[
		'src/tui',
		'src/cli',
		'src/supervisor',
		'src/holder',
		'src/agent',
		'src/scenes',
		'src/mcp',
	],
	['components'],
	['layouts'],
	['bin'],
];

/** Edges that the floors would allow and a folder's purpose does not. */
export const forbiddenEdges: readonly {
	readonly from: string;
	readonly to: readonly string[];
	readonly instead: string;
}[] = [
	{
		from: 'components',
		to: [
			'src/client',
			'src/journal',
			'src/terminal',
			'src/git',
			'src/supervisor',
			'src/holder',
			'src/cli',
		],
		instead: 'take props and hand out actions; a hook in layouts/ reads the mirror',
	},
	{
		from: 'src/holder',
		to: ['src/client', 'src/journal', 'src/git', 'src/agents', 'src/gates', 'src/models'],
		instead: 'a holder knows panes only; let the supervisor send what it needs',
	},
	{
		from: 'src/tui',
		to: ['src/journal', 'src/git', 'src/gates', 'src/agents', 'src/models', 'src/forge'],
		instead: 'ask the supervisor through src/client',
	},
	{
		from: 'src/cli',
		to: ['src/journal', 'src/gates', 'src/models', 'src/terminal'],
		instead: 'ask the supervisor through src/client',
	},
];

/**
 * Where a library may be imported; a library that is not here may be imported by one file. The
 * schema files are named one by one: whoever adds one decides that it may load zod.
 */
export const libraryHomes: Readonly<
	Record<
		string,
		{ readonly folders: readonly string[]; readonly files: readonly string[] }
	>
> = {
	zod: { folders: ['src/domain', 'src/protocol'], files: ['src/scenes/scene.ts'] },
	react: { folders: ['components', 'layouts', 'bin'], files: [] },
	ink: { folders: ['components', 'layouts', 'bin'], files: [] },
};

/** The folders at the top of the repository. */
export const topFolders: ReadonlySet<string> = new Set([
	'.changeset',
	'.ci',
	'.github',
	'.weir',
	'bench',
	'bin',
	'components',
	'docs',
	'layouts',
	'native',
	'plugins',
	'rules',
	'scripts',
	'src',
	'tests',
]);

/** The folder of the table that a path lies in; undefined where it lies in none. */
export function folderOf(path: string): string | undefined {
	return floors.flat().find((folder) => path.startsWith(`${folder}/`));
}

/** The height of a folder of the table; throws for any other. */
export function floorOf(folder: string): number {
	const floor = floors.findIndex((folders) => folders.includes(folder));
	if (floor < 0) throw new Error(`${folder} has no floor`);
	return floor;
}
