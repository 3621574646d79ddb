// The keys of one TUI: read at its start, and again whenever a file of theirs changes. What is wrong is
// told, and the last good keys stay in force.
import { basename, relative } from 'node:path';
import { counted } from '../../lib/counted.ts';
import type { Environment } from '../../lib/environment.ts';
import type { Message } from '../view.ts';
import { keyFiles, type ReadKeys, readKeymap } from './key-files.ts';
import { builtInKeymap, type Keymap } from './keymap.ts';
import type { KeyFinding } from './keymap-check.ts';
import { keyLabel } from './keys.ts';
import { outerKeys } from './outer-keys.ts';

export interface KeysNews {
	readonly keymap: Keymap;
	readonly message: Message | null;
}

export class OwnKeys {
	readonly #root: string | null;
	readonly #environment: Environment;
	#keymap = builtInKeymap;
	#read = '';

	constructor(root: string | null, environment: Environment) {
		this.#root = root;
		this.#environment = environment;
	}

	/** The files to be watched. */
	get paths(): readonly string[] {
		return keyFiles(this.#root, this.#environment).map(({ path }) => path);
	}

	/** At the start: a file with a fault is left out. */
	async read(): Promise<KeysNews> {
		const read = await readKeymap(this.#root, this.#environment);
		this.#read = JSON.stringify(read);
		this.#keymap = read.keymap;
		const why = this.#faults(read, 'this file is left out');
		return { keymap: this.#keymap, message: why };
	}

	/** After a change: where there is a fault, the keys stay. Says nothing where nothing changed. */
	async readAgain(tell: (news: KeysNews) => void): Promise<void> {
		const read = await readKeymap(this.#root, this.#environment);
		const text = JSON.stringify(read);
		if (text === this.#read) return;
		this.#read = text;
		const why = this.#faults(read, 'the keys stay as they were');
		if (why) return tell({ keymap: this.#keymap, message: why });
		if (JSON.stringify(read.keymap) === JSON.stringify(this.#keymap)) return;
		this.#keymap = read.keymap;
		const said =
			read.files.length === 0
				? 'the keys are those of weir again'
				: `the keys are those of ${read.files.map((file) => this.#short(file)).join(' and ')} now`;
		const warnings = counted(read.findings.length, 'warning');
		const allow =
			read.findings.length === 0
				? '? shows all keys'
				: `${warnings}: in a shell, weir keymap check`;
		const message: Message = { text: said, allow, tone: 'good' };
		tell({ keymap: this.#keymap, message });
	}

	/** Says so where the program around weir takes the leader: the key would do nothing, unexplained. */
	async tellClash(tell: (news: KeysNews) => void): Promise<void> {
		const outer = await outerKeys(this.#environment);
		const keymap = this.#keymap;
		const taker = outer.find(({ keys }) => keys.includes(keymap.leader));
		if (!taker) return;
		const text = `${keyLabel(keymap.leader)} does not arrive: ${taker.program} around weir takes it`;
		const allow = 'weir keymap check says more';
		tell({ keymap, message: { text, allow, tone: 'bad' } });
	}

	#faults({ findings }: ReadKeys, then: string): Message | null {
		const errors = findings.filter(({ level }) => level === 'error');
		const [first] = errors;
		if (!first) return null;
		const more = errors.length > 1 ? `; ${errors.length - 1} more` : '';
		const allow = `${then}; weir keymap check`;
		return { text: `${this.#place(first)}${first.message}${more}`, allow, tone: 'bad' };
	}

	#place({ at }: KeyFinding): string {
		return at === null ? '' : `${this.#short(at.file)}:${at.line}:${at.column}: `;
	}

	/** The message line is short: the user's own file is known by its name. */
	#short(file: string): string {
		const below = this.#root === null ? '..' : relative(this.#root, file);
		return below.startsWith('..') ? basename(file) : below;
	}
}
