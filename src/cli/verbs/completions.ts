// Prints a completion script for a shell, made from the table of verbs.
import { nearestWord } from '../../lib/nearest-word.ts';
import { usage } from '../arguments.ts';
import { completionScripts } from '../completion-scripts.ts';
import { print } from '../print.ts';
import { done, type Run } from '../verb.ts';
import { verbs } from '../verbs.ts';

export const run: Run = async (call) => {
	const [shell = ''] = call.words;
	const make = Object.hasOwn(completionScripts, shell)
		? completionScripts[shell]
		: undefined;
	if (!make) {
		const shells = Object.keys(completionScripts);
		const near = nearestWord(shell, shells);
		return usage(
			'completions',
			`there are completions for ${shells.join(', ')}, not ${shell}${near ? `; did you mean ${near}?` : ''}`,
		);
	}
	print(make(verbs).trimEnd());
	return done;
};
