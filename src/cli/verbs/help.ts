import { refuse } from '../../lib/outcome.ts';
import { helpOf, helpOfAll } from '../help.ts';
import { meantVerb } from '../meant-verb.ts';
import { print } from '../print.ts';
import { done, type Run } from '../verb.ts';
import { verbs } from '../verbs.ts';

export const run: Run = async (call) => {
	const [name] = call.words;
	if (name === undefined) {
		print(helpOfAll(verbs));
		return done;
	}
	const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
	if (!verb) {
		const near = meantVerb(name);
		const hint = near ? `; did you mean ${near}?` : '';
		return refuse('usage.unknown', `there is no verb ${name}${hint}`, 'weir help');
	}
	print(helpOf(name, verb));
	return done;
};
