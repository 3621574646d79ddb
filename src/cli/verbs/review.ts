// Shows which files an agent has changed and what was said of them, says something of a line, or sends it.
import { counted } from '../../lib/counted.ts';
import { visibleText } from '../../lib/plain-text.ts';
import type { ReviewJson } from '../../protocol/review.ts';
import { usage } from '../arguments.ts';
import { print, printJson, printTable } from '../print.ts';
import { reach } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [agent = '', place, ...more] = call.words;
	const found = place === undefined ? null : /^(.+):(\d{1,9})$/s.exec(place);
	const text = more.join(' ');
	if (place !== undefined && (!found || text === ''))
		return usage('review', 'a comment needs a place, FILE:LINE, and words');
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	if (found) {
		const [, path = '', line = ''] = found;
		const said = await connection.request('review.comment', {
			...{ agent, comment: null, path, side: 'new', line: Number(line) },
			// What stands there is looked up.
			...{ quote: null, text },
		});
		if (!said.ok) return said;
	}
	if (call.on('send')) {
		const sent = await connection.request('review.send', { agent });
		if (!sent.ok) return sent;
		if (!call.json)
			print(`${counted(sent.value.comments, 'comment')} for ${agent}, once it is idle`);
	}
	const read = await connection.request('review', { agent }, { timeoutMs: null });
	if (!read.ok) return read;
	if (call.json) printJson({ v: 1, ...read.value });
	else show(agent, read.value);
	return done;
};

function show(agent: string, { base, files, counts, comments }: ReviewJson): void {
	if (files.length === 0)
		print(`${agent} has changed nothing since it left ${base.branch}`);
	else
		printTable([
			['HOW', 'LINES', 'READ', 'PATH'],
			...files.map(({ letter, added, removed, viewed, outside, path }) => [
				letter,
				added === null ? 'bin' : `+${added}-${removed ?? 0}`,
				viewed ? 'yes' : '-',
				`${visibleText(path)}${outside ? '  !' : ''}`,
			]),
		]);
	if (counts.files > files.length) print(`and ${counts.files - files.length} more`);
	for (const { path, line, text, standing } of comments)
		print(`${visibleText(path)}:${line}  ${standing}: ${visibleText(text)}`);
}
