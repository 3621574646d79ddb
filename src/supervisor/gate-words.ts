// What a gate said, in words for an agent. They are typed into its pane, so they hold no control character.
import { compareFailures, type GateFailure } from '../domain/gates/failure.ts';
import type { Comparison } from '../domain/gates/verdict.ts';
import type { GateResult } from '../gates/gate-store.ts';
import { plainText } from '../lib/plain-text.ts';
import { shellWord } from '../lib/shell-word.ts';

const mostFailures = 20;
const mostLines = 30;
const lineCharacters = 300;

/** `base` is the same gate on the merge base. */
export function gateWords(
	{ gate, verdict, findings, argv }: GateResult,
	base: (Comparison & { readonly result: GateResult | null }) | null,
	printed: string,
): string {
	const how = verdict.why ?? `exit code ${verdict.exit}`;
	const told =
		base && base.fresh !== null
			? compareFailures(findings.failures, base.result?.findings.failures ?? [])
			: { fresh: findings.failures, known: [] };
	const lines = [`The gate ${gate} is red on your files as they stand (${how}).`];
	lines.push(`Its command: ${plainText(commandWords(argv), lineCharacters)}`);
	if (told.fresh.length > 0) lines.push(`${heading(told.fresh, base)}:`);
	for (const failure of told.fresh.slice(0, mostFailures))
		lines.push(failureWords(failure));
	const more = told.fresh.length - mostFailures;
	if (more > 0) lines.push(`and ${more} more`);
	if (told.known.length > 0)
		lines.push(`${told.known.length} others were red before your work: leave those.`);
	if (told.fresh.length === 0)
		lines.push('The end of what it printed:', ...endOf(printed));
	return lines.join('\n');
}

function heading(
	fresh: readonly GateFailure[],
	base: Pick<Comparison, 'fresh'> | null,
): string {
	const what = fresh.length === 1 ? '1 failure' : `${fresh.length} failures`;
	return base && base.fresh !== null ? `${what} that the base has not` : what;
}

function failureWords({ file, line, name, message }: GateFailure): string {
	const place = file === null ? '' : `${file}:${line ?? 1}: `;
	const named = name === null ? '' : `${name}: `;
	return `- ${plainText(`${place}${named}${message}`, lineCharacters)}`;
}

function endOf(printed: string): string[] {
	const lines = printed.trimEnd().split('\n').slice(-mostLines);
	return lines.map((line) => `  ${plainText(line, lineCharacters)}`);
}

/** Text for `sh -c` as it was written. */
function commandWords(argv: readonly string[]): string {
	const [shell, option, text] = argv;
	if (argv.length === 3 && shell === 'sh' && option === '-c') return text ?? '';
	return argv.map(shellWord).join(' ');
}
