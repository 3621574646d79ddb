// `{{name}}` in a scene's texts, filled when the step is played.

const known = ['scene', 'generation', 'seed', 'answer'] as const;

export type Placeholder = (typeof known)[number];
export type PlaceholderValues = Readonly<Record<Placeholder, string>>;

const form = /\{\{\s*([a-z-]+)\s*\}\}/g;

/** Steps inside a step are filled when their own turn comes: an answer may come in between. */
const innerSteps = new Set(['do', 'otherwise', 'yes', 'no']);

/** A copy of a step's body with the placeholders of its own texts filled. */
export function fill<T>(body: T, values: PlaceholderValues): T {
	return mapTexts(body, (text) =>
		text.replaceAll(form, (whole, name: string) =>
			isKnown(name) ? values[name] : whole,
		),
	) as T; // The shape is that of `body`: only texts were replaced by texts.
}

/** The first `{{…}}` that means nothing, as it was written. */
export function unknownPlaceholder(body: unknown): string | undefined {
	let strange: string | undefined;
	mapTexts(body, (text) => {
		for (const match of text.matchAll(form)) {
			if (!isKnown(match[1] ?? '')) strange ??= match[0];
		}
		return text;
	});
	return strange;
}

function isKnown(name: string): name is Placeholder {
	return known.some((other) => other === name);
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
	if (typeof value === 'string') return change(value);
	if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [
			key,
			innerSteps.has(key) ? inner : mapTexts(inner, change),
		]),
	);
}
