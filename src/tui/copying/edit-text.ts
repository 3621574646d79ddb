// The text of a pane in the user's editor: a copy that cannot be written and goes with the editor.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Agent } from '../../domain/agent.ts';
import { editorArgv } from '../../lib/editor.ts';
import { type Outcome, ok } from '../../lib/outcome.ts';
import { cellTexts } from '../../terminal/screen-text.ts';
import { attend, type Controls, focusedIn, remark } from '../actions/controls.ts';
import { refusalMessage } from '../chrome/message-line.ts';
import { SelectionText } from './selection.ts';
import type { StillText } from './still-text.ts';

/** Code units; what is older stays in the recording. */
const textLimit = 64 * 1024 * 1024;

export async function editText(controls: Controls): Promise<void> {
	const agent = focusedIn(controls);
	const text = agent && controls.pane(agent.id)?.stillText();
	if (!agent || !text) return remark(controls, 'its screen has not been seen yet');
	const what = `reading all that ${agent.name} printed`;
	const whole = await attend(controls, what, wholeText(text));
	if (whole === null) return;
	const shown = await showIn(controls, agent, whole);
	if (!shown.ok) controls.say(refusalMessage(shown.refusal));
}

async function wholeText(text: StillText): Promise<Outcome<string>> {
	const [from, to] = [await text.oldest(), text.end - 1];
	const all = {
		by: 'lines',
		anchor: { line: from, column: 0 },
		cursor: { line: to, column: 0 },
	} as const;
	const joined = new SelectionText(all, text.columns);
	for await (const rows of text.between(from, to)) {
		for (const row of rows)
			joined.add(row.row, { cells: cellTexts(row), wrapped: row.wrapped });
		if (joined.size > textLimit) break;
	}
	// The screen below the last line is empty.
	return ok(`${joined.end().trimEnd()}\n`);
}

/** The file is gone when the editor is, and when weir is. */
async function showIn(
	{ environment, lend }: Controls,
	{ name }: Agent,
	text: string,
): Promise<Outcome<null>> {
	const folder = mkdtempSync(join(tmpdir(), 'weir-text-'));
	const remove = () => rmSync(folder, { recursive: true, force: true });
	process.once('exit', remove);
	try {
		const file = join(folder, `${name}.txt`);
		writeFileSync(file, text, { mode: 0o400, flag: 'wx' });
		return await lend(editorArgv(environment, { file, line: null }));
	} finally {
		process.off('exit', remove);
		remove();
	}
}
