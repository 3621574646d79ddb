// Reads YAML that people write by hand: every fault is told with file, line and column.
import {
	type Alias,
	isAlias,
	isMap,
	isNode,
	isScalar,
	isSeq,
	LineCounter,
	type Node,
	type Pair,
	parseDocument,
	stringify,
	visit,
} from 'yaml';
import { messageOf } from './error-words.ts';
import { type Outcome, ok, refuse } from './outcome.ts';

/** A place in a text, both counted from 1. */
export interface TextPosition {
	readonly line: number;
	readonly column: number;
}

export type YamlPath = readonly (string | number)[];

export interface YamlText {
	readonly value: unknown;
	/**
	 * Where a key or list item stands in the text. A path that leads nowhere gives its deepest
	 * part that exists, so that a missing key is reported at the map that lacks it.
	 */
	locate(path: YamlPath): TextPosition;
}

/** A refusal of `parseYaml`, its place apart. */
export function yamlFault(message: string): TextPosition & { readonly message: string } {
	const [, line = '1', column = '1', what = message] =
		/:(\d+):(\d+): (.*)$/s.exec(message) ?? [];
	return { line: Number(line), column: Number(column), message: what };
}

/** Larger texts are no hand-written settings; the parser's cost grows with them. */
const maxCharacters = 1_000_000;
/** Nodes that one text may expand to through its aliases. */
const maxAliases = 100;

/**
 * Parses one YAML 1.2 document. Refuses with `yaml.invalid` and a message that begins with
 * `file:line:column` on a syntax error, a duplicate key, a key that is not text, an unknown tag, a
 * second document, nesting that
 * would exhaust the stack, more than a hundred nodes through aliases, or more than a million characters.
 * An empty text is the value null.
 */
export function parseYaml(text: string, file: string): Outcome<YamlText> {
	if (text.length > maxCharacters) {
		return invalid(file, { line: 1, column: 1 }, 'longer than a million characters');
	}
	const lines = new LineCounter();
	const document = parseDocument(text, {
		lineCounter: lines,
		prettyErrors: false,
		stringKeys: true,
		uniqueKeys: true,
		logLevel: 'error',
	});
	const fault = document.errors[0] ?? document.warnings[0];
	if (fault) return invalid(file, position(lines, fault.pos[0]), sentence(fault.message));
	const loop = aliasOfItself(document.contents);
	if (loop) {
		const at = position(lines, loop.range?.[0] ?? 0);
		return invalid(file, at, `The alias *${loop.source} stands inside its own anchor`);
	}
	try {
		const value: unknown = document.toJS({ maxAliasCount: maxAliases });
		const root = document.contents;
		return ok({ value, locate: (path) => position(lines, offsetOf(root, path)) });
	} catch (error) {
		// The aliases are resolved only here: too many of them, or one that leads nowhere.
		const message = messageOf(error);
		return invalid(file, { line: 1, column: 1 }, sentence(message));
	}
}

/** The value as YAML that `parseYaml` reads back to an equal value; keys keep their order. */
export function formatYaml(value: unknown): string {
	// No folding: yaml 2.9.1 folds a long line that begins with blanks into another text.
	const exact = { aliasDuplicateObjects: false, lineWidth: 0 } as const;
	const readable = stringify(value, { ...exact, blockQuote: 'literal' });
	// It also loses a text of nothing but blanks and line feeds in a literal block.
	const kept = parseDocument(readable).toJS() as unknown;
	if (JSON.stringify(kept) === JSON.stringify(value)) return readable;
	return stringify(value, { ...exact, blockQuote: false });
}

/**
 * The text with the value at the path set to another, comments and order kept; missing maps on the
 * way are made. For a text that `parseYaml` has accepted.
 */
export function setInYaml(text: string, path: YamlPath, value: unknown): string {
	const document = parseDocument(text);
	if (document.contents === null) return formatYaml(nest(path, value));
	const [at] = path.flatMap((_, count) => {
		const part = path.slice(0, count);
		return isScalar(document.getIn(part, true)) ? [part] : [];
	});
	// What stands in the place of a map gives way: whether it may is for the reader to say.
	if (at) document.setIn(at, nest(path.slice(at.length), value));
	else document.setIn(path, value);
	return document.toString({ lineWidth: 0 });
}

function nest(path: YamlPath, value: unknown): unknown {
	return path.reduceRight((below, key) => ({ [key]: below }), value);
}

function invalid(file: string, at: TextPosition, what: string): Outcome<never> {
	return refuse('yaml.invalid', `${file}:${at.line}:${at.column}: ${what}`);
}

function position(lines: LineCounter, offset: number): TextPosition {
	const { line, col } = lines.linePos(offset);
	return { line: Math.max(1, line), column: Math.max(1, col) };
}

function sentence(message: string): string {
	return (message.split('\n', 1)[0] ?? message).replace(/; please use .*$/, '');
}

/** An alias inside its own anchor would make the value endless. */
function aliasOfItself(root: Node | null): Alias | undefined {
	let found: Alias | undefined;
	visit(root, {
		Alias: (_key, alias, ancestors) => {
			const own = ancestors.some((node) => hasAnchor(node, alias.source));
			if (own) found ??= alias;
		},
	});
	return found;
}

function hasAnchor(node: unknown, anchor: string): boolean {
	return isNode(node) && !isAlias(node) && node.anchor === anchor;
}

/** The offset of the key or item at the path, or of its deepest ancestor that exists. */
function offsetOf(root: Node | null, path: YamlPath): number {
	let node: Node | null | undefined = root;
	let offset = root?.range?.[0] ?? 0;
	const seen = new Set<Node>();
	for (const part of path) {
		while (isAlias(node) && node && !seen.has(node)) {
			seen.add(node);
			node = anchored(root, node.source);
		}
		if (isMap(node)) {
			const pair: Pair | undefined = node.items.find(
				(item) => keyText(item.key) === String(part),
			);
			if (!pair) return offset;
			offset = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
			node = isNode(pair.value) ? pair.value : null;
		} else if (isSeq(node) && typeof part === 'number') {
			const item: unknown = node.items[part];
			if (!isNode(item)) return offset;
			offset = item.range?.[0] ?? offset;
			node = item;
		} else return offset;
	}
	return offset;
}

function keyText(key: unknown): string {
	return isScalar(key) ? String(key.value) : '';
}

function anchored(root: Node | null, name: string): Node | undefined {
	let found: Node | undefined;
	visit(root, {
		Node: (_key, node) => {
			if (hasAnchor(node, name)) found = node;
		},
	});
	return found;
}
