// Shows the settings files of the repository that name commands, and trusts their exact content.
import { refuse } from '../../lib/outcome.ts';
import type { ClientResponses } from '../../protocol/client.ts';
import { confirm } from '../confirm.ts';
import { print, printJson, printLine } from '../print.ts';
import { reach } from '../reach.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const reached = await reach(call);
	if (!reached.ok) return reached;
	using connection = reached.value;
	const pending = await connection.request('trust.pending', {});
	if (!pending.ok) return pending;
	const { hash, files } = pending.value;
	const paths = files.map(({ path }) => path);
	if (hash === null) {
		if (call.json) printJson({ v: 1, trusted: true, hash, files: paths });
		else
			print('there is nothing to trust: no file of this repository names new commands');
		return done;
	}
	const wanted = call.text('hash');
	if (wanted !== null && wanted !== hash) {
		return refuse(
			'trust.changed',
			`the files have the hash ${hash}, not ${wanted}`,
			'weir trust',
		);
	}
	const said = wanted !== null || call.on('yes');
	if (!said && !call.json) show(pending.value);
	if (!said && (call.json || !(await confirm('Trust exactly this?')))) {
		return refuse(
			'trust.unconfirmed',
			`${paths.join(' and ')} ${paths.length === 1 ? 'is' : 'are'} not trusted, so weir runs none of the commands there`,
			`weir trust --hash ${hash}`,
		);
	}
	const granted = await connection.request('trust.grant', { hash });
	if (!granted.ok) return granted;
	if (call.json) printJson({ v: 1, trusted: true, hash, files: paths });
	else printLine(`trusted: ${paths.join(', ')}`);
	return done;
};

function show({ files, hash }: ClientResponses['trust.pending']): void {
	for (const { path, text } of files) {
		printLine(`--- ${path}`);
		// What a terminal would not show is what a command would hide in.
		for (const line of text.trimEnd().split('\n')) printLine(line);
	}
	print(`--- hash ${hash}`);
}
