// An entry as it stands in the transcript: without secrets. The conversation that goes on has them, since
// a command would not be the same without; one that is resumed has asterisks in their place.
import { withoutSecrets } from '../lib/secrets.ts';
import type { Part } from '../models/model.ts';
import type { Entry } from './entry.ts';

export function keptEntry(entry: Entry, secrets: readonly string[]): Entry {
	const bare = (text: string) => withoutSecrets(text, secrets);
	switch (entry.kind) {
		case 'prompt':
		case 'result':
			return { ...entry, text: bare(entry.text) };
		case 'compacted':
			return { ...entry, summary: bare(entry.summary) };
		case 'reply':
			return { ...entry, parts: entry.parts.flatMap((part) => keptPart(part, bare)) };
		case 'begun':
		case 'usage':
		case 'intent':
		case 'cancelled':
			return entry;
	}
}

function keptPart(part: Part, bare: (text: string) => string): readonly Part[] {
	switch (part.kind) {
		case 'text':
			return [{ ...part, text: bare(part.text) }];
		case 'call':
			return [{ ...part, input: bare(part.input) }];
		case 'native': {
			// Its maker takes it back as it was or not at all.
			const text = JSON.stringify(part.value);
			return bare(text) === text ? [part] : [];
		}
	}
}
