// Questions answered in the terminal interface: from anywhere in two keys, and on the screen of the inbox.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventsOf, idle, start } from '../support/agents.ts';
import { asking, prompting } from '../support/asking.ts';
import { openCockpit, startTyping } from '../support/cockpit.ts';
import { openItem } from '../support/inbox.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
});
afterEach(() => weir.close());

/** What has just come under the cursor takes no answer for 400 ms. */
const seen = () => sleep(450);

test('among thirty agents a question is two keys away, its answer included: from the panes and while typing', async () => {
	const names = Array.from({ length: 28 }, (_, at) => `idle-${at + 1}`);
	await weir.json('new', ...names, '--', ...idle);
	await start(weir, 'api', asking('Keep the v1 route?', ['keep', 'drop']));
	await start(weir, 'tool', prompting(['Delete dist?']));
	await openItem(weir, 'api');
	await openItem(weir, 'tool');
	await using cockpit = await openCockpit(weir, [], { columns: 120, rows: 36 });
	const pressed: string[] = [];
	const press = (key: string) => {
		pressed.push(key);
		cockpit.key(key);
	};

	press('n');
	await cockpit.waitFor('api asks <1m');
	await cockpit.waitFor(/2 +drop/);
	await seen();
	press('2');
	await weir.shows('api', 'heard: drop');
	expect(pressed).toEqual(['n', '2']);

	await cockpit.waitFor('api has the answer: drop');
	cockpit.key("'", '1', 'enter');
	await startTyping(cockpit);
	pressed.length = 0;
	press('alt+i');
	await cockpit.waitFor('tool asks for permission');
	await cockpit.waitFor('Delete dist? (y/n)');
	await seen();
	press('y');
	await weir.shows('tool', 'heard: Delete dist? y');
	expect(pressed).toEqual(['alt+i', 'y']);
	// Nothing was typed into the pane that was typed into before.
	expect((await weir.run('screen', 'idle-1')).stdout.trim()).toBe('');
});

test('n begins with what the agent in focus asks, and a reply that was left is there again', async () => {
	await start(weir, 'api', asking('Which route?', []));
	await openItem(weir, 'api');
	await start(weir, 'db', asking('Which database?', []));
	await openItem(weir, 'db');
	await using cockpit = await openCockpit(weir, [], { columns: 120, rows: 36 });
	await cockpit.waitFor('1 api');
	cockpit.key('n');
	await cockpit.waitFor('Which route?');
	await seen();
	cockpit.key('r');
	await cockpit.waitFor('Enter send');
	cockpit.type('the old ro');
	await cockpit.waitFor('the old ro');
	cockpit.key('escape');
	await cockpit.waitFor((screen) => !screen.lines().join('\n').includes('the old ro'));
	cockpit.key('n');
	await cockpit.waitFor('Which database?');
	cockpit.key('n');
	await cockpit.waitFor('Which route?');
	await seen();
	cockpit.key('r');
	await cockpit.waitFor('the old ro');
	cockpit.type('ute');
	cockpit.key('enter');
	await weir.shows('api', 'heard: the old route');
	expect((await openItem(weir, 'db')).text).toBe('Which database?');
});

test('the inbox shows the very question, answers it in place, and recalls what was not sent', async () => {
	await start(weir, 'api', asking('Keep the v1 route?', ['keep', 'drop']));
	await openItem(weir, 'api');
	await start(weir, 'db', asking('Which database?', []));
	await openItem(weir, 'db');
	await start(weir, 'tool', prompting(['Delete dist?']));
	await openItem(weir, 'tool');
	await using cockpit = await openCockpit(weir, [], { columns: 120, rows: 36 });
	// Typed ahead of what is seen: it answers nothing.
	cockpit.key('2', '1');
	await cockpit.waitFor('1 of 3');
	await cockpit.waitFor('weir ask, said by the agent');

	await seen();
	cockpit.key('1', 'u');
	await cockpit.waitFor('the answer to api was not sent');
	expect(await eventsOf(weir, 'question.opened', 3)).toHaveLength(3);
	expect((await openItem(weir, 'api')).text).toBe('Keep the v1 route?');
	await seen();
	cockpit.key('2');
	await weir.shows('api', 'heard: drop');

	// The cursor stays on the same rank, and words are written below the question.
	await cockpit.waitFor('1 of 2');
	await cockpit.waitFor('Which database?');
	cockpit.key('r');
	await cockpit.waitFor('Enter send');
	cockpit.type('sqlite, as ever');
	cockpit.key('enter');
	await weir.shows('db', 'heard: sqlite, as ever');
	await cockpit.waitFor('Delete dist? (y/n)');
	await seen();
	cockpit.key('N');
	await weir.shows('tool', 'heard: Delete dist? n');
	await cockpit.waitFor('nobody needs you');
	cockpit.key('-');
	await cockpit.waitFor(/^┌─ 1 api/m);
});

test('one answer for several that are alike is given after a look at all of them, and an item is put off', async () => {
	for (const name of ['one', 'two', 'three']) {
		await start(weir, name, prompting(['Run the build?']));
		await openItem(weir, name);
	}
	await start(weir, 'api', asking('Keep it?', ['keep']));
	await openItem(weir, 'api');
	await using cockpit = await openCockpit(weir, [], { columns: 80, rows: 24 });
	cockpit.key('2');
	await cockpit.waitFor('2 more: A answers all of them');
	await seen();
	cockpit.key('A');
	await cockpit.waitFor('one answer for 3 questions');
	await seen();
	cockpit.key('y');
	for (const name of ['one', 'two', 'three'])
		await weir.shows(name, 'heard: Run the build? y');
	await cockpit.waitFor('Keep it?');
	cockpit.key('s', '3');
	await cockpit.waitFor('put off for 60 min');
	await cockpit.waitFor('1 put off');
	expect((await weir.run('inbox')).stdout).toContain('1 item snoozed');
});
