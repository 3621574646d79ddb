import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ThemeReader } from '../../../src/tui/look/own-themes.ts';
import { makeScratch } from '../../support/scratch.ts';

it('reads the themes of the user and tells a fault with file, line and column', async () => {
	const config = makeScratch();
	const environment = { XDG_CONFIG_HOME: config };
	expect(await new ThemeReader(environment).read()).toEqual({ own: {}, fault: null });
	const folder = join(config, 'weir', 'themes');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'mine.yaml'), 'base: light\nroles:\n  need: "#aa0000"\n');
	writeFileSync(join(folder, 'odd.yaml'), 'roles:\n  need: "#aa0000"\n  bad: crimson\n');
	writeFileSync(join(folder, 'notes.txt'), 'no theme');
	const { own, fault } = await new ThemeReader(environment).read();
	expect(own).toEqual({ mine: { base: 'light', roles: { need: { color: '#aa0000' } } } });
	expect(fault).toMatch(/^themes\/odd\.yaml:3:3: bad: expected a colour/);
});
