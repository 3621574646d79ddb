// A prompt that was answered and stands a while longer, while its program says by its title that it goes on.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventsOf } from '../support/agents.ts';
import { openItem } from '../support/inbox.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir();
});
afterAll(() => weir.close());

/** As Gemini CLI does: the title first, the screen a moment later. */
const program = [
	String.raw`printf '\033]2;✋  Action Required\007'`,
	String.raw`printf '│ ? Shell touch it\n│ Allow execution of [touch]?\n│ ● 1. Allow once\n│   3. No, suggest changes (esc)\n'`,
	'stty raw -echo',
	'dd bs=1 count=1 2>/dev/null >/dev/null',
	String.raw`printf '\033]2;✦  Working…\007'`,
	'sleep 1',
	String.raw`printf '\033[2J\033[Hmade it'`,
	'sleep 1000',
].join('\n');

test('what was answered does not come up again while it still stands there', async () => {
	const folder = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder, { recursive: true });
	const script = join(weir.folder, 'program.sh');
	writeFileSync(script, program);
	writeFileSync(
		join(folder, 'config.yaml'),
		`agents:\n  like-it: {command: [sh, ${script}], prompt: none, rules: gemini}\n`,
	);
	await weir.json('new', 'one', '--agent', 'like-it');
	await eventsOf(weir, 'question.opened', 1);
	const { id } = await openItem(weir, 'one');
	expect(await weir.run('answer', id, 'y')).toMatchObject({ code: 0 });
	await weir.shows('one', 'made it');
	await weir.run('wait', 'one', '--until', 'working', '--timeout', '60');
	const opened = await eventsOf(weir, 'question.opened', 1);
	expect(opened.map(({ data }) => data.text)).toEqual(['Allow execution of [touch]?']);
});
