// What the doctor says of agent CLIs: their versions, logins by the files and variables that hold them,
// what tells their states, and how many fit into memory. Nothing of them is run but `--version`.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Adapter, Sheet } from '../agents/adapter.ts';
import { allAdapters } from '../agents/registry.ts';
import { asksBeforeWords } from '../domain/layers.ts';
import type { Environment } from '../lib/environment.ts';
import { toldVersion } from '../lib/told-version.ts';
import { isOlder } from '../lib/version-order.ts';
import { firstLine, good, type Probe, poor } from './doctor-check.ts';

/** A CLI that takes longer to say its version is named without one. */
const patienceMs = 5000;

/** Memory that idle agents may take: work takes more. */
const idleShare = 0.5;

/** A check for each CLI whose ways weir knows, by how people call it. */
export function agentProbes(): Readonly<Record<string, Probe>> {
	return Object.fromEntries(allAdapters.map((one) => [one.title, probeFor(one)]));
}

function probeFor(adapter: Adapter): Probe {
	return adapter.name === 'weir' ? probeOwn(adapter) : probeOf(adapter);
}

/** It is there wherever weir is; only a key can be missing, which nobody needs who has another CLI. */
function probeOwn({ sheet, logins, writes }: Adapter): Probe {
	return async ({ environment }) => {
		const login = loginOf(sheet, logins, environment);
		const key = login === null ? `no key: ${sheet.logIn}` : `asks by ${login}`;
		const told = `${key}; tells its state by ${sheet.signals.join(', ')}`;
		return {
			...good(`${told}; ${asksBeforeWords(writes?.tools ?? [])}`),
			facts: { login },
		};
	};
}

function probeOf({ name, title, sheet, logins, writes }: Adapter): Probe {
	return async ({ environment }) => {
		if (!isOnPath(name, environment)) return good('not on the PATH');
		const version = await toldVersion(name, environment, patienceMs);
		const login = loginOf(sheet, logins, environment);
		const since = sheet.reportsSince;
		const isOld = since !== null && (version === null || isOlder(version, since));
		const signals = isOld ? sheet.signals.slice(1) : sheet.signals;
		const writeTools = writes?.tools ?? [];
		const free = process.availableMemory() / 2 ** 20;
		const fit = Math.floor((free * idleShare) / sheet.idleMegabytes);
		const found = [
			version ?? 'does not tell its version',
			login === null ? 'no login found' : `logged in by ${login}`,
			`tells its state by ${signals.join(', ')}`,
			asksBeforeWords(writeTools),
			`${fit} fit into half of the free memory`,
		].join('; ');
		const facts = { version, tried: sheet.tried, login, signals, writeTools, fit };
		if (login === null) return { ...poor(found, sheet.logIn), facts };
		if (isOld) {
			const fix = `update ${title} to ${since} or newer: it then reports its state by itself`;
			return { ...poor(found, fix), facts };
		}
		return { ...good(found), facts };
	};
}

/** CLIs whose ways weir does not know. */
const others = ['cursor-agent', 'cline', 'amp', 'crush', 'goose', 'droid', 'kiro'];

const anyCommand = 'any command can be an agent, and does not ask weir before it writes';

export const probeOthers: Probe = async ({ environment }) => {
	const there = others.filter((name) => isOnPath(name, environment));
	const found = await Promise.all(
		there.map(async (name) => `${name} ${(await firstLine(name, '--version')) ?? ''}`),
	);
	return good(
		found.length > 0
			? `${found.map((one) => one.trim()).join(', ')}; ${anyCommand}`
			: `none known on the PATH; ${anyCommand}`,
	);
};

/** What would log it in: a variable, or a file; null where there is neither. */
function loginOf(
	sheet: Sheet,
	variables: readonly string[],
	environment: Environment,
): string | null {
	const variable = variables.find((name) => environment[name]);
	const home = environment.HOME ?? homedir();
	return variable ?? sheet.loginFiles(home, environment).find(existsSync) ?? null;
}

function isOnPath(name: string, { PATH = '' }: Environment): boolean {
	return PATH.split(delimiter).some((folder) => existsSync(join(folder, name)));
}
