// Shows what was written outside an agent's scope, keeps copies of it, puts it back.
import { counted } from '../../lib/counted.ts';
import { visibleText } from '../../lib/plain-text.ts';
import type { OutsideJson } from '../../protocol/outside.ts';
import { usage } from '../arguments.ts';
import { print, printJson, printTable, shortAge, tell } from '../print.ts';
import { reach } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const [agent = ''] = call.words;
	if (call.on('keep') && call.on('restore'))
		return usage('outside', '--restore keeps copies by itself');
	const how = call.on('restore') ? 'restore' : call.on('keep') ? 'quarantine' : null;
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const asked = await connection.request('outside', { agent, how }, { timeoutMs: null });
	if (!asked.ok) return asked;
	if (call.json) printJson({ v: 1, ...asked.value });
	else {
		const { settled = 0 } = asked.value;
		if (how === 'restore' && settled > 0)
			print(`${counted(settled, 'path')} of ${agent} put back as before`);
		show(agent, asked.value);
	}
	return done;
};

function show(agent: string, { paths, more, left, kept, unwatched }: OutsideJson): void {
	if (paths.length === 0 && more === 0)
		print(`nothing stands outside the scope of ${agent}`);
	else
		printTable([
			['HOW', 'SINCE', 'PATH'],
			...paths.map(({ path, how, at }) => [how, shortAge(at), visibleText(path)]),
		]);
	if (more > 0) print(`and ${more} more`);
	for (const { path, why } of left) tell(`weir: ${visibleText(path)} was left: ${why}`);
	for (const { folder, at, files } of kept)
		print(`${counted(files, 'copy', 'copies')} of ${at}: ${folder}`);
	if (unwatched !== null) print(`writes are looked for now and then: ${unwatched}`);
}
