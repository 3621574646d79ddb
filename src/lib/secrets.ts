// Secrets among variables, by their names, and texts without them.
import { shapesIn } from './secret-shapes.ts';

/** Names that say so. */
export const secretName = /(KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL)/i;

/** Whether it may be a word or a number of another meaning as well. */
export function isWord(secret: string): boolean {
	return /^(?:[A-Za-z]{1,16}|\d+)$/.test(secret);
}

/** Values that must not reach a recording. Short ones would black out ordinary words. */
export function secretsOf(variables: Readonly<Record<string, string>>): string[] {
	const values = Object.entries(variables)
		.filter(([name, value]) => secretName.test(name) && value.length >= 8)
		.map(([, value]) => value.slice(0, 4096));
	return [...new Set(values)].slice(0, 512);
}

/** The longest first: one may be a part of another. Of several lines, each counts as well. */
export function withoutKnown(text: string, secrets: readonly string[]): string {
	const parts = secrets.flatMap((secret) => [secret, ...secret.split(/[\r\n]+/)]);
	const all = [...new Set(parts)]
		.filter((part) => part.length >= shortest)
		.toSorted((one, other) => other.length - one.length);
	return all.reduce((left, secret) => left.replaceAll(secret, mask), text);
}

/** What a journal has in the place of a secret: a name that says which one it was, and not what. */
export const secretNames = /\[secret [0-9a-f]{8}\]/g;

/** As others are to see it, who know nothing of a journal. */
export function maskedNames(text: string): string {
	return text.replace(secretNames, mask);
}

/** Without these, and without what looks like one. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
	const left = withoutKnown(text, secrets);
	return shapesIn(left).reduceRight(
		(one, [start, end]) => one.slice(0, start) + mask + one.slice(end),
		left,
	);
}

/** Stands in the place of a secret. */
export const mask = '********';

const shortest = 8;
