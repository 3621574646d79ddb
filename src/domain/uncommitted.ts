// Uncommitted files are neither taken along nor left behind without a word.
import { type Refusal, refusal } from '../lib/outcome.ts';
import { visibleText } from '../lib/plain-text.ts';

export function refuseUncommitted(
	verb: 'merge' | 'pr',
	name: string,
	files: readonly string[],
): Refusal {
	const few = files.slice(0, 5).map(visibleText).join(', ');
	const more = files.length > 5 ? ` and ${files.length - 5} more` : '';
	return refusal(
		`${verb}.uncommitted`,
		`${name} has uncommitted files: ${few}${more}`,
		`weir ${verb} ${name} --with-uncommitted, or --committed to leave them`,
	);
}
