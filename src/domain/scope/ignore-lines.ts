// What git leaves out by the lines of its ignore files. Other than in a scope, what lies in an ignored
// folder is ignored for good, so that each folder above a path is asked of first.
import { expressionOf } from './expression.ts';
import { lost, Machine } from './machine.ts';
import { netOf } from './net.ts';
import { type Pattern, parsePattern } from './pattern.ts';
import { isPath } from './scope.ts';

export class IgnoreLines {
	readonly #patterns: readonly Pattern[];
	readonly #machine: Machine;

	/** Later lines win; one that git could not match by matches nothing. */
	constructor(lines: readonly string[]) {
		this.#patterns = lines.flatMap(readLine);
		const expressions = this.#patterns.map((pattern) => {
			const { steps, ends } = expressionOf(pattern, false);
			return { steps, ends: ends === 'anything' ? ends : ('itself' as const) };
		});
		this.#machine = new Machine(netOf(expressions, { sharing: true }));
	}

	/** Of a file, or whatever else is no folder. */
	ignores(path: string): boolean {
		return this.#ignores(path, false);
	}

	/** The folder, and so all that will ever be in it. */
	ignoresFolder(folder: string): boolean {
		return this.#ignores(folder, true);
	}

	#ignores(path: string, isFolder: boolean): boolean {
		const text = path.normalize('NFC');
		if (!isPath(text)) return false;
		const names = text.split('/');
		let state = this.#machine.run('');
		for (const [at, name] of names.entries()) {
			state = this.#machine.goOn(state, at === 0 ? name : `/${name}`);
			if (state === lost) return false;
			if (this.#isMatched(state, isFolder || at < names.length - 1)) return true;
		}
		return false;
	}

	/** By the last line that matches just this. */
	#isMatched(state: number, isFolder: boolean): boolean {
		const last = this.#machine
			.matching(state)
			.findLast((at) => isFolder || !this.#patterns[at]?.folderOnly);
		return last !== undefined && this.#patterns[last]?.negative === false;
	}
}

/** Braces are characters to git; a scope refuses them as nobody means that. */
function readLine(line: string): Pattern[] {
	const read = parsePattern(line.replaceAll(/(?<!\\)((?:\\\\)*)\{/g, '$1\\{'));
	return read.ok ? [read.value] : [];
}
