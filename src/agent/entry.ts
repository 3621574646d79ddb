// What a transcript consists of, a line each. Kinds and fields are only ever added: other programs read
// it, and a conversation outlives the version that began it.
import type { Part, Usage } from '../models/model.ts';

export type Entry =
	| {
			readonly kind: 'begun';
			readonly v: 1;
			readonly id: string;
			readonly folder: string;
			readonly version: string;
	  }
	| { readonly kind: 'prompt'; readonly text: string }
	/** One for each request that cost something, broken ones included; `id` is the reply's. */
	| ({ readonly kind: 'usage'; readonly id: string; readonly model: string } & Usage)
	| {
			readonly kind: 'reply';
			readonly id: string;
			readonly parts: readonly Part[];
			/** What the model thought held a secret, and is left out. */
			readonly torn?: true;
	  }
	/** Written before a tool does anything. */
	| { readonly kind: 'intent'; readonly call: string; readonly tool: string }
	/** Written when it has done it: the model is told this and nothing else. */
	| {
			readonly kind: 'result';
			readonly call: string;
			readonly text: string;
			readonly failed: boolean;
	  }
	/** The user broke it off. */
	| { readonly kind: 'cancelled' }
	/** What was said before is this from now on. */
	| { readonly kind: 'compacted'; readonly summary: string };

/** With the time at which it was written. */
export type Written = Entry & { readonly at: string };

/** The entry of a line; null for what is none, or of a kind that this version does not know. */
export function entryIn(line: string): Entry | null {
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		return null;
	}
	if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
	const fields = shapes[String(value.kind)];
	const fits =
		fields && Object.entries(fields).every(([name, is]) => is(Reflect.get(value, name)));
	// Its fields have just been looked at.
	return fits ? (value as Entry) : null;
}

type Is = (value: unknown) => boolean;
const isText: Is = (value) => typeof value === 'string';
const isNumber: Is = (value) => typeof value === 'number' && Number.isFinite(value);
const isFlag: Is = (value) => typeof value === 'boolean';

const shapes: Readonly<Record<string, Readonly<Record<string, Is>>>> = {
	begun: { id: isText, folder: isText },
	prompt: { text: isText },
	usage: {
		id: isText,
		model: isText,
		input: isNumber,
		cacheRead: isNumber,
		cacheWrite: isNumber,
		output: isNumber,
		reasoning: isNumber,
	},
	reply: { id: isText, parts: (value) => Array.isArray(value) && value.every(isPart) },
	intent: { call: isText, tool: isText },
	result: { call: isText, text: isText, failed: isFlag },
	cancelled: {},
	compacted: { summary: isText },
} satisfies Record<Entry['kind'], Readonly<Record<string, Is>>>;

function isPart(part: unknown): boolean {
	if (typeof part !== 'object' || part === null) return false;
	const field = (name: string): unknown => Reflect.get(part, name);
	switch (field('kind')) {
		case 'text':
			return isText(field('text'));
		case 'call':
			return isText(field('id')) && isText(field('tool')) && isText(field('input'));
		case 'native':
			return isText(field('by')) && typeof field('value') === 'object';
		default:
			return false;
	}
}
