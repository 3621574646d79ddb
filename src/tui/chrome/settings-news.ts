// What the user is told of settings files that are wrong: where, what counts meanwhile, what helps.
import { basename, dirname, join } from 'node:path';
import type { EventData } from '../../domain/event.ts';
import type { Message } from '../view.ts';

/** Null where all are good. */
export function settingsNews({
	problems,
}: EventData<'settings.refused'>): Message | null {
	const [first, ...others] = problems;
	if (!first) return null;
	const { file, line, column, message } = first;
	const more = others.length > 0 ? `; ${others.length} more` : '';
	return {
		text: `${short(file)}:${line}:${column}: ${message}${more}`,
		allow: 'weir config check; nothing in that file counts',
		tone: 'bad',
	};
}

/** The message line is short: the user's own file is known by its name. */
function short(file: string): string {
	const folder = basename(dirname(file));
	return folder === '.weir' ? join(folder, basename(file)) : basename(file);
}

/** Two faults of one start, as one message: of the first one only where it is. */
export function bothSaid(one: Message | null, other: Message | null): Message | null {
	if (one === null || other === null || one.tone !== 'bad') return other ?? one;
	const places = one.text.match(/[^\s;]+:\d+:\d+/g) ?? [];
	return { ...other, text: [other.text, ...places].join('; also ') };
}
