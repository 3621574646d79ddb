// What a landing came to, in words, and what is next.
import { afterSaid } from '../domain/after-words.ts';
import { keptBackSaid } from '../domain/kept-back.ts';
import { needlessSaid } from '../domain/resolving.ts';
import type { ClientResponses } from '../protocol/client.ts';
import { print, printLine } from './print.ts';
import type { Call } from './verb.ts';

export type HandedOff = ClientResponses['hand-off'];

/** Who has the conflict now. */
export interface Given {
	readonly agent: string;
	readonly by: 'agent' | 'hand';
	readonly files: readonly string[];
	readonly told: boolean;
}

export type MergedOne = ClientResponses['merge'] & {
	readonly handedOff: HandedOff | null;
	readonly resolvedBy: Given | null;
};

export function tellLanding(call: Call, agent: string, merged: MergedOne): void {
	const into = call.text('into');
	const again = `weir merge ${agent}${into === null ? '' : ` --into ${into}`}`;
	if (merged.phase === 'asked')
		return print(`${agent} waits to land (${merged.landing})`);
	if (merged.phase === 'landed') {
		const both = merged.with === null ? agent : `${merged.with} and ${agent}`;
		print(
			`${both} landed as ${merged.new?.slice(0, 10)}; weir undo ${merged.landing} takes it back`,
		);
		for (const name of merged.needless) {
			const { text, allow } = needlessSaid(name);
			printLine(`${text}; ${allow}`);
		}
		if (merged.after) printLine(afterSaid(agent, merged.after));
		if (merged.checkout === 'pending')
			print('your checkout could not follow yet: weir brings it along once it can');
		if (!merged.kept) return undefined;
		const { text, allow } = keptBackSaid(merged.kept);
		return printLine(`${text}; ${allow}`);
	}
	if (merged.handedOff) return printLine(handedOff(again, agent, merged.handedOff));
	if (merged.resolvedBy) return printLine(given(agent, merged.resolvedBy));
	print(`${agent} conflicts with its base in:`);
	for (const file of merged.files) printLine(`  ${file}`);
	print(`${again} --hand-off brings the base to the agent to resolve it`);
	print(`${again} --integrate starts another agent with both sides`);
	print(`${again} --resolve opens them in your editor`);
	return undefined;
}

function given(agent: string, { agent: by, files, told }: Given): string {
	const who = told
		? `${by} was started to resolve it and is told how`
		: `${by} was started with it and nobody was told, resolve it in weir shell ${by}`;
	return `the conflict of ${agent} in ${fewOf(files)}: ${who}; weir merge ${by} lands both once that is committed`;
}

function fewOf(files: readonly string[]): string {
	const few = files.slice(0, 5).join(', ');
	return files.length > 5 ? `${few} and ${files.length - 5} more` : few;
}

/** What happened, and what is next. */
function handedOff(again: string, agent: string, { files, told }: HandedOff): string {
	const next = `${again} lands it once that is committed`;
	if (files.length === 0)
		return `the base is in the worktree of ${agent} now, without a conflict; ${next}`;
	const who = told
		? `${agent} was told to resolve it`
		: `nobody was told, resolve it in weir shell ${agent}`;
	return `the base is in the worktree of ${agent} now and conflicts in ${fewOf(files)}; ${who}; ${next}`;
}
