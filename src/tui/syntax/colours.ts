// What a piece of source text is, as far as it is coloured, and which names of files are of which language.

export const syntaxRoles = ['keyword', 'string', 'literal', 'name', 'dim'] as const;
export type SyntaxRole = (typeof syntaxRoles)[number];

/** From a character of a line on, up to another. */
export interface Coloured {
	readonly from: number;
	readonly to: number;
	readonly role: SyntaxRole;
}

/** Of each line. */
export type ColouredLines = readonly (readonly Coloured[])[];

export interface ColourQuestion {
	readonly id: number;
	/** Decides the language by its name. */
	readonly path: string;
	readonly texts: readonly string[];
}

export interface ColourAnswer {
	readonly id: number;
	/** Of each text; null where its language is not known. */
	readonly texts: readonly ColouredLines[] | null;
}

/** What names a language: the end of the name, or all of it where it has none. */
export function languageOf(path: string): string {
	const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
	return others[name] ?? name.slice(name.lastIndexOf('.') + 1);
}

const others: Readonly<Record<string, string>> = {
	'.bashrc': 'bash',
	'.gitconfig': 'ini',
	'.zshrc': 'bash',
	gemfile: 'ruby',
	gnumakefile: 'makefile',
	rakefile: 'ruby',
};
