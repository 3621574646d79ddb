// JSON that code of agents wrote: in files, and somewhere in an output between other lines.

/** So many places of an output are tried. */
const tryLimit = 20;

/** The documents in reports and output, parsed when somebody asks, and once. */
export class JsonDocuments {
	private readonly reports: readonly string[];
	private readonly lines: readonly string[];
	private found: readonly unknown[] | undefined;

	constructor(reports: readonly string[], lines: readonly string[]) {
		this.reports = reports;
		this.lines = lines;
	}

	all(): readonly unknown[] {
		this.found ??= [
			...this.reports.flatMap((text) => parsed(text)),
			...inOutput(this.lines),
		];
		return this.found;
	}
}

/** A document is printed as one line, or from the start of a line to the end of another. */
function inOutput(lines: readonly string[]): readonly unknown[] {
	const found: unknown[] = [];
	let tries = 0;
	for (let at = 0; at < lines.length && tries < tryLimit; at++) {
		const line = lines[at]?.trimStart() ?? '';
		if (line[0] !== '{' && line[0] !== '[') continue;
		if (!/^(?:\{\s*(?:"|$)|\[\s*(?:\{|$))/.test(line)) continue;
		tries++;
		const end = /[}\]]\s*$/.test(line) ? at : closing(lines, at);
		const [document] = parsed(lines.slice(at, end + 1).join('\n'));
		if (document === undefined) continue;
		found.push(document);
		at = end;
	}
	return found;
}

/** Documents over several lines are indented: the bracket that closes one stands as it opened. */
function closing(lines: readonly string[], from: number): number {
	const indent = /^\s*/.exec(lines[from] ?? '')?.[0] ?? '';
	const close = (lines[from] ?? '').trimStart().startsWith('[') ? ']' : '}';
	const end = indent + close;
	for (let at = from + 1; at < lines.length; at++)
		if (lines[at]?.startsWith(end) && lines[at]?.trimEnd() === end) return at;
	return from;
}

function parsed(text: string): unknown[] {
	try {
		return [JSON.parse(text) as unknown];
	} catch {
		// Most of what begins with a bracket is no document.
		return [];
	}
}

/** A field of an object's own; undefined for anything else. */
export function field(value: unknown, key: string): unknown {
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key))
		return undefined;
	return (value as Readonly<Record<string, unknown>>)[key];
}

export function textIn(value: unknown, key: string): string | null {
	const text = field(value, key);
	return typeof text === 'string' ? text : null;
}

export function numberIn(value: unknown, key: string): number | null {
	const number = field(value, key);
	return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

export function listIn(value: unknown, key: string): readonly unknown[] {
	const list = field(value, key);
	return Array.isArray(list) ? (list as readonly unknown[]) : [];
}
