// The verb that somebody meant by a word that is none: what other tools call it, or a slip.
import { nearestWord } from '../lib/nearest-word.ts';
import { verbs } from './verbs.ts';

/** Habits from git, docker, tmux and systemctl. */
const otherNames: Readonly<Record<string, string>> = {
	ls: 'list',
	ps: 'list',
	rm: 'remove',
	delete: 'remove',
	stop: 'kill (one agent) or weir down (all)',
	start: 'new',
	add: 'new',
	run: 'new',
};

export function meantVerb(name: string): string | undefined {
	return Object.hasOwn(otherNames, name)
		? otherNames[name]
		: nearestWord(name, Object.keys(verbs));
}
