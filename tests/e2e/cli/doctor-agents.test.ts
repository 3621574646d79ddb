// What the doctor says of agent CLIs, with programs in their place that tell a version.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type ScratchWeir, scratchWeir } from '../../support/weir.ts';

interface Check {
	readonly name: string;
	readonly verdict: string;
	readonly found: string;
	readonly fix: string | null;
	readonly facts?: { readonly version: string | null; readonly fit: number };
}

function scratch(clis: Readonly<Record<string, string>>) {
	const weir = scratchWeir();
	onTestFinished(() => weir.close());
	const bin = join(weir.folder, 'bin');
	mkdirSync(bin);
	for (const [name, version] of Object.entries(clis)) {
		writeFileSync(join(bin, name), `#!/bin/sh\necho '${version}'\n`);
		chmodSync(join(bin, name), 0o755);
	}
	return { weir, path: `${bin}:/usr/bin:/bin` };
}

async function check(
	{ weir, path }: { weir: ScratchWeir; path: string },
	name: string,
	env: Readonly<Record<string, string>> = {},
): Promise<Check> {
	const ran = await weir.runWith({ env: { PATH: path, ...env } }, 'doctor', '--json');
	const { checks } = JSON.parse(ran.stdout) as { checks: Check[] };
	const found = checks.find((one) => one.name === name);
	if (!found) throw new Error(`no check ${name} in ${ran.stdout}`);
	return found;
}

test('a CLI that is logged in by a file or a variable is good, with what fits into memory', async () => {
	const place = scratch({ claude: '2.1.330 (Claude Code)', codex: 'codex-cli 0.169.0' });
	const file = join(place.weir.env.HOME ?? '', '.claude', '.credentials.json');
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, '{}');
	const claude = await check(place, 'Claude Code');
	expect(claude).toMatchObject({
		verdict: 'good',
		facts: { version: '2.1.330', login: file },
	});
	expect(claude.facts?.fit).toBeGreaterThan(0);
	expect(claude.found).toContain('its own reports, hooks, its screen');
	expect(claude.found).toContain('Edit, NotebookEdit ask weir before they write');
	const codex = await check(place, 'Codex', { OPENAI_API_KEY: 'not shown anywhere' });
	expect(codex).toMatchObject({ verdict: 'good', facts: { login: 'OPENAI_API_KEY' } });
	expect(codex.found).toContain('apply_patch asks weir before it writes');
	expect(JSON.stringify(codex)).not.toContain('not shown anywhere');
});

test('a CLI that is not logged in, is old or is not there is named so', async () => {
	const place = scratch({ claude: '2.1.197 (Claude Code)' });
	expect(await check(place, 'Claude Code')).toMatchObject({
		verdict: 'poor',
		fix: expect.stringContaining('/login'),
	});
	const token = { ANTHROPIC_AUTH_TOKEN: 'of the test' };
	const old = await check(place, 'Claude Code', token);
	expect(old).toMatchObject({ verdict: 'poor', fix: expect.stringContaining('2.1.295') });
	expect(old.found).toContain('tells its state by hooks, its screen');
	expect(await check(place, 'Codex')).toMatchObject({
		verdict: 'good',
		found: 'not on the PATH',
	});
});
