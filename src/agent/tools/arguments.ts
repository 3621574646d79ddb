// The arguments of a call, held against the sheet of its tool: a model may write anything.
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import type { Field, ToolSheet } from '../../models/model.ts';

/** Arguments that fit their sheet. */
export class Arguments {
	readonly #values: ReadonlyMap<string, unknown>;

	constructor(values: ReadonlyMap<string, unknown>) {
		this.#values = values;
	}

	text(name: string): string | null {
		const value = this.#values.get(name);
		return typeof value === 'string' ? value : null;
	}

	/** One that the sheet requires. */
	given(name: string): string {
		return this.text(name) ?? '';
	}

	number(name: string): number | null {
		const value = this.#values.get(name);
		return typeof value === 'number' ? value : null;
	}

	on(name: string): boolean {
		return this.#values.get(name) === true;
	}

	texts(name: string): readonly string[] {
		const value = this.#values.get(name);
		return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
	}
}

/** Refused with what is wrong, and what would be right. */
export function argumentsIn(
	json: string,
	{ name, input }: ToolSheet,
): Outcome<Arguments> {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch {
		return refuse(
			'call.malformed',
			`the arguments of ${name} are no JSON`,
			inWords(input),
		);
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value))
		return refuse(
			'call.malformed',
			`the arguments of ${name} are no object`,
			inWords(input),
		);
	const given = new Map(Object.entries(value).filter(([, one]) => one !== null));
	const missing = input.required.find((field) => !given.has(field));
	if (missing !== undefined)
		return refuse('call.malformed', `${name} needs ${missing}`, inWords(input));
	for (const [field, one] of given) {
		const wanted = Object.hasOwn(input.properties, field)
			? input.properties[field]
			: null;
		if (!wanted)
			return refuse('call.malformed', `${name} takes no ${field}`, inWords(input));
		if (!fits(one, wanted))
			return refuse(
				'call.malformed',
				`${field} of ${name} is no ${wanted.type}`,
				inWords(input),
			);
	}
	return ok(new Arguments(given));
}

function fits(value: unknown, { type }: Field): boolean {
	switch (type) {
		case 'string':
			return typeof value === 'string';
		case 'integer':
			return Number.isSafeInteger(value);
		case 'boolean':
			return typeof value === 'boolean';
		case 'array':
			return Array.isArray(value) && value.every((one) => typeof one === 'string');
	}
}

function inWords({ properties, required }: ToolSheet['input']): string {
	const fields = Object.entries(properties).map(([name, { type }]) =>
		required.includes(name) ? `${name}: ${type}` : `${name}?: ${type}`,
	);
	return `it takes {${fields.join(', ')}}`;
}
