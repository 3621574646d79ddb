// Takes the last step back, after it has been shown.
import type { Connection } from '../../client/connection.ts';
import { keptBackSaid } from '../../domain/kept-back.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import type { ClientResponses } from '../../protocol/client.ts';
import { confirm, isAsked } from '../confirm.ts';
import { print, printJson, printLine, tell } from '../print.ts';
import { reach } from '../reach.ts';
import { type Call, done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const about = { landing: call.words[0] ?? null, revert: call.on('revert') };
	const sure = await confirmStep(call, connection, about);
	if (!sure.ok) return sure;
	const undone = await connection.request(
		'undo',
		{ ...about, wait: true },
		{ timeoutMs: null },
	);
	if (!undone.ok) return undone;
	if (call.json) printJson({ v: 1, ...undone.value });
	else printUndone(undone.value);
	return done;
};

function printUndone({ undone, kept }: ClientResponses['undo']): void {
	print(`undone: ${undone}`);
	if (!kept) return;
	const { text, allow } = keptBackSaid(kept, 'what the branch has');
	printLine(`${text}; ${allow}`);
}

/** At a terminal the newest step is shown first: it may be another than one thinks. */
async function confirmStep(
	call: Call,
	connection: Connection,
	about: { readonly landing: string | null; readonly revert: boolean },
): Promise<Outcome<void>> {
	if (call.on('yes') || call.json || about.landing !== null || !isAsked())
		return ok(undefined);
	const shown = await connection.request('undo.preview', about);
	if (!shown.ok) return shown;
	const { step, fate } = shown.value;
	tell(about.revert ? `${step}: its opposite lands on top` : `${step}: ${fate}`);
	if (await confirm('Take it back?')) return ok(undefined);
	return refuse(
		'undo.unconfirmed',
		`the ${step} was not taken back`,
		'weir undo --yes, or weir log for the steps before it',
	);
}
