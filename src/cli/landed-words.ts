// What a landing came to, in words, and what is next.
import { afterSaid } from '../domain/after-words.ts';
import { keptBackSaid } from '../domain/kept-back.ts';
import type { ClientResponses } from '../protocol/client.ts';
import { print, printLine } from './print.ts';
import type { Call } from './verb.ts';

export type HandedOff = ClientResponses['hand-off'];
export type MergedOne = ClientResponses['merge'] & {
	readonly handedOff: HandedOff | null;
};

export function tellLanding(call: Call, agent: string, merged: MergedOne): void {
	const into = call.text('into');
	const again = `weir merge ${agent}${into === null ? '' : ` --into ${into}`}`;
	if (merged.phase === 'asked')
		return print(`${agent} waits to land (${merged.landing})`);
	if (merged.phase === 'landed') {
		print(
			`${agent} landed as ${merged.new?.slice(0, 10)}; weir undo ${merged.landing} takes it back`,
		);
		if (merged.after) printLine(afterSaid(agent, merged.after));
		if (merged.checkout === 'pending')
			print('your checkout could not follow yet: weir brings it along once it can');
		if (!merged.kept) return undefined;
		const { text, allow } = keptBackSaid(merged.kept);
		return printLine(`${text}; ${allow}`);
	}
	if (merged.handedOff) return printLine(handedOff(again, agent, merged.handedOff));
	print(`${agent} conflicts with its base in:`);
	for (const file of merged.files) printLine(`  ${file}`);
	print(`${again} --hand-off brings the base to the agent to resolve it`);
	return undefined;
}

/** What happened, and what is next. */
function handedOff(again: string, agent: string, { files, told }: HandedOff): string {
	const next = `${again} lands it once that is committed`;
	if (files.length === 0)
		return `the base is in the worktree of ${agent} now, without a conflict; ${next}`;
	const few = files.slice(0, 5).join(', ');
	const more = files.length > 5 ? ` and ${files.length - 5} more` : '';
	const who = told
		? `${agent} was told to resolve it`
		: `nobody was told, resolve it in weir shell ${agent}`;
	return `the base is in the worktree of ${agent} now and conflicts in ${few}${more}; ${who}; ${next}`;
}
