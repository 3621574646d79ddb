// Notices on the way to the human: as bytes for the terminal, and to a command of the user's.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { start } from '../support/agents.ts';
import { openCockpit } from '../support/cockpit.ts';
import { sequencesIn } from '../support/sequences.ts';
import type { Program } from '../support/terminal-driver.ts';
import { patienceMs, type ScratchWeir, scratchWeir } from '../support/weir.ts';

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir();
});
afterEach(() => weir.close());

/** Reports that it is blocked once the file is there. */
function asksOnce(file: string): string[] {
	const report = String.raw`\033]7501;state=blocked:kind=permission\033\\`;
	return [
		'sh',
		'-c',
		`until [ -e ${file} ]; do sleep 0.2; done; printf '${report}'; cat`,
	];
}

function notices(cockpit: Program): number {
	// The question at the start is one, and a notice is a title and a body.
	return ((sequencesIn(cockpit.bytes()).get('OSC 99') ?? 1) - 1) / 2;
}

async function until(holds: () => boolean, what: string): Promise<void> {
	for (const end = Date.now() + patienceMs; !holds(); await sleep(50))
		if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
}

test('30 prompts within ten seconds are one notice, and the title counts them', async () => {
	const go = join(weir.folder, 'go');
	const names = Array.from({ length: 30 }, (_, at) => `a${at}`);
	await weir.run('config', 'set', 'attention.notify', 'osc99');
	await weir.run('new', ...names, '--', ...asksOnce(go));
	await using cockpit = await openCockpit(weir, [], { columns: 120, rows: 36 });
	await using other = await openCockpit(weir, [], { columns: 120, rows: 36 });
	for (const one of [other, cockpit]) one.type('\x1b[O');
	cockpit.key('?', 'escape');
	cockpit.type('\x1b[O');
	writeFileSync(go, '');
	await until(
		() => titles(cockpit).some((title) => title.startsWith('(30!) ')),
		'30 prompts',
	);
	await until(() => notices(cockpit) + notices(other) > 0, 'a notice');
	// What comes within the hold of the last prompt would be told by now.
	await sleep(3000);
	expect(notices(cockpit) + notices(other)).toBe(1);
	expect(titles(cockpit)[0]).toMatch(/^weir /);
}, 240_000);

test('nobody who looks is told', async () => {
	const go = join(weir.folder, 'go');
	await weir.run('config', 'set', 'attention.notify', 'osc99');
	await start(weir, 'api', asksOnce(go));
	await using cockpit = await openCockpit(weir, [], { columns: 120, rows: 36 });
	cockpit.type('\x1b[I');
	writeFileSync(go, '');
	await until(
		() => titles(cockpit).some((title) => title.startsWith('(1!) ')),
		'a prompt',
	);
	await sleep(3000);
	expect(notices(cockpit)).toBe(0);
}, 120_000);

test('a command of the user is told where no client is there', async () => {
	const go = join(weir.folder, 'go');
	const told = join(weir.folder, 'told');
	const command = `cat >> ${told}`;
	await weir.run('config', 'set', 'attention.notify_cmd', command);
	mkdirSync(join(weir.repo, '.weir'), { recursive: true });
	const shared = await weir.run(
		'config',
		'set',
		'--shared',
		'attention.notify_cmd',
		command,
	);
	expect(shared.code).not.toBe(0);
	await start(weir, 'api', asksOnce(go));
	writeFileSync(go, '');
	await until(() => existsSync(told) && readFileSync(told, 'utf8').endsWith('\n'), 'it');
	expect(JSON.parse(readFileSync(told, 'utf8'))).toMatchObject({
		...{ v: 1, text: 'api needs approval', urgent: false, waiting: 1 },
		agents: [{ name: 'api', kind: 'approve', asks: null }],
	});
}, 120_000);

function titles(cockpit: Program): string[] {
	const text = Buffer.from(cockpit.bytes()).toString();
	// oxlint-disable-next-line no-control-regex
	return [...text.matchAll(/\x1b\]2;([^\x1b]*)\x1b\\/g)].map(([, title = '']) => title);
}
