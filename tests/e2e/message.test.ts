// A message to several agents, written in the card of `B`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventsOf, start } from '../support/agents.ts';
import { openCockpit } from '../support/cockpit.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeAll(() => {
	weir = scratchWeir();
});
afterAll(() => weir.close());

/** Reports a state, says what it gets, and is idle once the file is there. */
function reader(state: string, file: string): string[] {
	const says = (report: string) => String.raw`printf '\033]7501;${report}\033\\'`;
	const later = `until [ -e ${file} ]; do sleep 0.2; done; ${says('state=idle')}`;
	const loop = 'while read -r line; do echo "got <$line>"; done';
	return ['bash', '-c', `${says(state)}; (${later}) & ${loop}`];
}

test('idle agents get it at once, the others when they are idle, those that ask never', async () => {
	const go = join(weir.folder, 'go');
	await start(weir, 'api', reader('state=idle', '/nowhere'));
	await start(weir, 'busy', reader('state=working', go));
	await start(weir, 'asks', reader('state=blocked:kind=permission', '/nowhere'));
	await eventsOf(weir, 'agent.state', 1, ({ data }) => data.state === 'idle');
	await eventsOf(weir, 'agent.state', 1, ({ data }) => data.state === 'working');
	await eventsOf(weir, 'agent.state', 1, ({ data }) => data.state === 'needs-approval');
	await using cockpit = await openCockpit(weir, [], { columns: 120, rows: 36 });
	cockpit.key('B');
	await cockpit.waitFor('message to 1 of 3');
	await cockpit.waitFor(/- +asks.*left out: it shows a question/);
	cockpit.key('ctrl+t');
	await cockpit.waitFor('message to 2 of 3');
	cockpit.type('pull the base');
	await cockpit.waitFor('> pull the base');
	cockpit.key('enter');
	await weir.shows('api', 'got <pull the base>');
	await cockpit.waitFor('message: 1/2 delivered; waits for busy to be idle');
	writeFileSync(go, '');
	await weir.shows('busy', 'got <pull the base>');
	await cockpit.waitFor('message: 2/2 delivered');
	const { stdout } = await weir.run('screen', 'asks');
	expect(stdout).not.toContain('got');
}, 120_000);
