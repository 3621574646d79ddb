// Files that a landing, or its undoing, would have written and somebody edited at that moment: they stay
// as they are.
import { counted } from '../lib/counted.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { EventData } from './event.ts';

export type KeptBack = NonNullable<EventData<'merge.landed'>['kept']>;

/** Where they are, and how to get instead what landed, or else what the branch has. */
export function keptBackSaid(
	{ checkout, files, gone = [] }: KeptBack,
	instead: 'what landed' | 'what the branch has' = 'what landed',
): {
	readonly text: string;
	readonly allow: string;
} {
	const [first = '', ...others] = files;
	const text =
		others.length === 0
			? `${first} was edited meanwhile and stays as it is`
			: `${first} and ${counted(others.length, 'other file')} were edited meanwhile and stay as they are`;
	const there = files.filter((file) => !gone.includes(file));
	const commands = [
		...commandOn(`git -C ${shellWord(checkout)} restore`, there),
		...commandOn(
			'rm --',
			gone.map((file) => `${checkout}/${file}`),
		),
	];
	return { text, allow: `${commands.join(' && ')} takes ${instead}` };
}

function commandOn(command: string, files: readonly string[]): string[] {
	const some = files.slice(0, namesShown).map(shellWord).join(' ');
	const rest = files.length > namesShown ? ' …' : '';
	return files.length === 0 ? [] : [`${command} ${some}${rest}`];
}

const namesShown = 5;
