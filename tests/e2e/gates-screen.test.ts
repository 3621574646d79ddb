// Gates in the terminal interface: what they say is there as they say it, and keys run, read and tell on.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventsOf, start } from '../support/agents.ts';
import { openCockpit } from '../support/cockpit.ts';
import { type ScratchWeir, scratchWeir } from '../support/weir.ts';

/** Says where the word stands, as a compiler would. */
const check = `echo "looked at $(ls src | tr '\\n' ' ')"
grep -rn BUG src | sed 's/:\\([0-9]*\\):/(\\1,3): error TS2345: /' >found.out
cat found.out
! test -s found.out
`;

let weir: ScratchWeir;
beforeEach(() => {
	weir = scratchWeir({
		...{ 'src/a.ts': 'one\n', 'check.sh': check, '.gitignore': '*.out\n' },
	});
});
afterEach(() => weir.close());

/** The user's own settings: their commands need no trust. */
function configure(yaml: string): void {
	const folder = join(weir.env.XDG_CONFIG_HOME ?? '', 'weir');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'config.yaml'), yaml);
}

test('red and green are seen as they come, a failure is opened at its line and told to its agent', async () => {
	configure('gates:\n  types: {run: sh check.sh, parse: tsc}\n  other: "true"\n');
	const api = await start(weir, 'api');
	const opened = join(weir.env.HOME ?? '', 'opened');
	const editor = `f() { printf '%s\\n' "$@" >${opened}; }; f`;
	await using cockpit = await openCockpit(weir, [], {
		...{ columns: 120, rows: 36 },
		env: { EDITOR: editor, VISUAL: '' },
	});
	cockpit.key('5');
	await cockpit.waitFor(/1 api types passed/);
	await cockpit.waitFor('looked at a.ts');

	writeFileSync(join(api.worktree, 'src', 'b.ts'), 'fine\na BUG\nmore BUG\n');
	await cockpit.waitFor(/✗ 2 new/);
	await cockpit.waitFor(/1 api types failed +exit 1/);
	await cockpit.waitFor(/> src\/b\.ts:2 TS2345: a BUG/);
	cockpit.key('tab');
	await cockpit.waitFor(/> src\/b\.ts:3 TS2345: more BUG/);
	cockpit.key('o');
	for (const end = Date.now() + 10_000; !existsSync(opened) && Date.now() < end; )
		await new Promise((done) => setTimeout(done, 50));
	await cockpit.waitFor(/^ NAV/);
	expect(readFileSync(opened, 'utf8')).toBe(`${api.worktree}/src/b.ts\n`);

	cockpit.key('enter');
	await cockpit.waitFor(/types of api  1-\d of/);
	cockpit.key('q');
	cockpit.key('f');
	await cockpit.waitFor('api is told, once it is idle, what types found');
	const [told] = await eventsOf(weir, 'words.settled');
	expect(told?.data).toMatchObject({ by: 'human', gate: 'types' });

	// On a gate that is green there is nothing to tell; run again it says the same.
	cockpit.key('right');
	await cockpit.waitFor(/1 api other passed/);
	cockpit.key('f');
	await cockpit.waitFor('there is nothing to tell');
	const before = (await eventsOf(weir, 'gate.settled')).length;
	cockpit.key('g');
	await cockpit.waitFor('other runs again on what api has now');
	await eventsOf(weir, 'gate.settled', before + 1);

	rmSync(join(api.worktree, 'src', 'b.ts'));
	cockpit.key('left');
	await cockpit.waitFor(/1 api types passed/);
	cockpit.key('1');
	await cockpit.waitFor('types ✓');
	cockpit.key('g');
	await cockpit.waitFor('2 gates run on what api has now');
});

test('what runs prints as it goes, and a repository without gates says which it could have', async () => {
	const scripts = { test: 'vitest run' };
	writeFileSync(join(weir.repo, 'package.json'), JSON.stringify({ scripts }));
	await start(weir, 'api');
	await using cockpit = await openCockpit(weir, [], { columns: 80, rows: 24 });
	cockpit.key('5');
	await cockpit.waitFor('No gate is set up.');
	await cockpit.waitFor('test: {run: "npm test"');
	cockpit.key('g');
	await cockpit.waitFor('no gate is set up');
	configure('gates:\n  slow: {run: "echo first; sleep 3; echo second", when: demand}\n');
	await eventsOf(weir, 'settings.loaded', 1, ({ data }) => 'slow' in data.settings.gates);
	await cockpit.waitFor('1 agent, 1 gate');
	cockpit.key('g');
	await cockpit.waitFor('1 running on');
	await cockpit.waitFor('first');
	await cockpit.waitFor('second');
	await cockpit.waitFor(/1 api slow passed/);
	expect(cockpit.screen().join('\n')).toContain('1 agent, 1 gate');
});
