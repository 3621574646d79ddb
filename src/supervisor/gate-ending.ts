// What the end of a gate's run says of the tree it ran on.
import { constants } from 'node:os';
import type { Gate } from '../domain/gates/gate.ts';
import type { Verdict } from '../domain/gates/verdict.ts';
import type { GateEnd } from '../gates/run-gate.ts';

/** The exit code decides; a run that was ended, or that changed files, says nothing of the tree. */
export function wordOf(
	end: GateEnd,
	gate: Gate,
	changed: readonly { readonly path: string }[] | null,
): Pick<Verdict, 'word' | 'why'> {
	const broken = (why: string) => ({ word: 'broken', why }) as const;
	if (end.fault !== null) return broken(`it could not be started: ${end.fault}`);
	if (end.ended === 'timeout')
		return broken(`it was ended after ${gate.timeout} seconds, its time limit`);
	const signal = end.signal ?? signalBehind(end.exit);
	if (signal !== null) return broken(`it was ended by ${signal}`);
	if (changed === null) return broken('its worktree could not be looked at afterwards');
	if (changed.length > 0) return broken(changedWords(changed));
	if (end.exit === notFound || end.exit === notExecutable)
		return broken('its command was not found, or is no program');
	return { word: end.exit === 0 ? 'passed' : 'failed', why: null };
}

/** What holds a program, and a shell before it, tell its end by a signal as a number. */
function signalBehind(exit: number | null): string | null {
	const number = (exit ?? 0) - 128;
	const [name] =
		Object.entries(constants.signals).find(([, value]) => value === number) ?? [];
	return name ?? null;
}

const notExecutable = 126;
const notFound = 127;

function changedWords(changed: readonly { readonly path: string }[]): string {
	const named = changed
		.slice(0, 3)
		.map(({ path }) => path)
		.join(', ');
	const more = changed.length > 3 ? ` and ${changed.length - 3} more` : '';
	return `it changed files itself: ${named}${more}`;
}

/** What of it could not be ended; null where all was. */
export function survivorsOf({ survivors }: GateEnd): string | null {
	return survivors.length === 0
		? null
		: `processes of it could not be ended: ${survivors.join(', ')}`;
}
