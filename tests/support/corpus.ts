// Screens of real programs with the state that each shows, in tests/corpus/PROGRAM/VERSION/SIZE: lines
// `word: value` (state; title, status and progress as the program reported them), `---`, the screen.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type StateWord, stateWords } from '../../src/domain/state-words.ts';

export interface Sample {
	readonly file: string;
	readonly program: string;
	readonly version: string;
	readonly state: StateWord;
	readonly title: string | null;
	/** OSC 7501. */
	readonly status: { readonly state: string; readonly blocked: string | null } | null;
	/** OSC 9;4. */
	readonly progress: number | null;
	readonly lines: readonly string[];
}

const folder = join(import.meta.dirname, '..', 'corpus');

export function readCorpus(): readonly Sample[] {
	return globSync('*/*/*/*.txt', { cwd: folder }).toSorted().map(readSample);
}

function readSample(file: string): Sample {
	const [head = '', ...rest] = readFileSync(join(folder, file), 'utf8').split(/^---\n/m);
	const words = new Map(
		head
			.split('\n')
			.filter((line) => line.includes(': '))
			.map((line) => {
				const at = line.indexOf(': ');
				return [line.slice(0, at), line.slice(at + 2)];
			}),
	);
	const [program = '', version = ''] = file.split('/');
	const state = stateWords.find((word) => word === words.get('state'));
	if (!state) throw new Error(`${file} names no state`);
	const [reported, blocked = null] = words.get('status')?.split(' ') ?? [];
	const progress = words.get('progress');
	return {
		file,
		program,
		version,
		state,
		title: words.get('title') ?? null,
		status: reported === undefined ? null : { state: reported, blocked },
		progress: progress === undefined ? null : Number(progress),
		lines: rest.join('---\n').split('\n'),
	};
}
