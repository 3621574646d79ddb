// The failures that a parser meets, brought into shape and kept within bounds.
import { type GateFailure, messageLimit, nameLimit } from '../../domain/gates/failure.ts';
import { failureLimit } from '../../domain/gates/findings.ts';
import { plainText } from '../../lib/plain-text.ts';
import { fileInTree } from './file-place.ts';
import { withoutSequences } from './output-lines.ts';

/** A failure as a tool tells it: paths, numbers and texts as they were printed. */
export interface ToldFailure {
	readonly kind: GateFailure['kind'];
	readonly file?: string | null | undefined;
	readonly line?: number | string | null | undefined;
	readonly column?: number | string | null | undefined;
	readonly name?: string | null | undefined;
	readonly message: string;
	/** A warning makes a gate red only where it is told to: it counts where nothing else does. */
	readonly warning?: boolean;
}

/** Texts are cut to this before anything looks at them, so that long ones cost nothing. */
const readLimit = 8 * messageLimit;

export class FailureList {
	/** From where relative paths are told, relative to the root. */
	folder = '';
	readonly root: string;
	private readonly errors: GateFailure[] = [];
	private readonly warnings: GateFailure[] = [];
	private readonly problems = new Set<string>();
	private lost = 0;

	constructor(root: string) {
		this.root = root;
	}

	/** A path of a tool as one of the worktree, or null. */
	file(path: string | null | undefined): string | null {
		return path ? fileInTree(path, this.root, this.folder) : null;
	}

	/** The same for a frame of a stack: what others wrote is no place to look at. */
	ownFile(path: string): string | null {
		return path.includes('node_modules') ? null : this.file(path);
	}

	/** Takes relative paths from this folder on, where it lies in the worktree. */
	enter(folder: string): void {
		this.folder = fileInTree(folder, this.root) ?? '';
	}

	add(told: ToldFailure): void {
		if (this.full && !told.warning) {
			this.drop();
			return;
		}
		const file = this.file(told.file);
		const failure: GateFailure = {
			kind: told.kind,
			file,
			line: file === null ? null : position(told.line),
			column: file === null ? null : position(told.column),
			name: told.name ? oneLine(told.name, nameLimit) || null : null,
			message: oneLine(told.message, messageLimit),
		};
		if (told.kind === 'problem' && this.isRepeated(failure)) return;
		const list = told.warning ? this.warnings : this.errors;
		if (list.length < failureLimit) list.push(failure);
	}

	/** Whether what is met from now on is only counted: it need not be looked at. */
	get full(): boolean {
		return this.errors.length >= failureLimit;
	}

	/** Counts one that was not looked at. */
	drop(): void {
		this.lost++;
	}

	get dropped(): number {
		return this.lost;
	}

	/** How many failures of a kind there are, kept or not; without warnings. */
	count(kind: GateFailure['kind']): number {
		return this.errors.filter((failure) => failure.kind === kind).length;
	}

	/** What was met; the warnings of a red gate where they are all there is to tell. */
	all(failed: boolean): readonly GateFailure[] {
		return this.errors.length === 0 && failed ? this.warnings : this.errors;
	}

	/** Compilers tell one problem once for each target that they build from a file. */
	private isRepeated(failure: GateFailure): boolean {
		const all = JSON.stringify(failure);
		if (this.problems.has(all)) return true;
		if (this.problems.size < 4 * failureLimit) this.problems.add(all);
		return false;
	}
}

/** A text on one line, without sequences and control characters, its blanks single. */
export function oneLine(text: string, limit: number): string {
	const near = withoutSequences(text.slice(0, readLimit));
	return plainText(near.replace(/\s+/g, ' '), limit);
}

function position(told: number | string | null | undefined): number | null {
	if (told === null || told === undefined || told === '') return null;
	const number = Number(told);
	return Number.isSafeInteger(number) && number > 0 && number < 1e9 ? number : null;
}
