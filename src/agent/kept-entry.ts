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
			return keptReply(entry, bare);
		case 'begun':
		case 'usage':
		case 'intent':
		case 'cancelled':
			return entry;
	}
}

type Bare = (text: string) => string;

function keptReply(reply: Extract<Entry, { kind: 'reply' }>, bare: Bare): Entry {
	const parts = reply.parts.map((part) => keptPart(part, bare));
	// Its maker takes back all of it as it was, or nothing.
	const torn = parts.some((part) => part.kind === 'native' && holdsSecret(part, bare));
	if (!torn) return { ...reply, parts };
	return { ...reply, parts: parts.filter(({ kind }) => kind !== 'native'), torn };
}

function keptPart(part: Part, bare: Bare): Part {
	switch (part.kind) {
		case 'text':
			return { ...part, text: bare(part.text) };
		case 'call':
			return { ...part, input: bare(part.input) };
		case 'native':
			return part;
	}
}

/** Signatures and what is encrypted look like keys, and are none. */
function holdsSecret({ value }: Extract<Part, { kind: 'native' }>, bare: Bare): boolean {
	const open = JSON.stringify(value, (name, field: unknown) =>
		sealed.has(name) ? undefined : field,
	);
	return bare(open) !== open;
}

const sealed: ReadonlySet<string> = new Set(['signature', 'data', 'encrypted_content']);
