// The prices that weir knows: a file in the package, below those of the user's settings.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	type Price,
	type PriceFile,
	type Prices,
	priceFile,
	priceOf,
} from '../domain/cost/prices.ts';
import { settingsFile } from '../domain/settings-file.ts';
import { packageRoot } from '../lib/package-root.ts';
import { parseYaml } from '../lib/yaml.ts';

let known: Prices | null = null;

/** Read once: an upgrade on disk does not reach into a process that runs. */
export function shippedPrices(): Prices {
	known ??= read();
	return known;
}

/** Those of the settings, in the words of a file: what weir knows is none of theirs. */
export function ownPrices(prices: Prices): Readonly<Record<string, PriceFile>> {
	const shipped = shippedPrices();
	const isOwn = ([model, price]: [string, Price]) =>
		JSON.stringify(price) !== JSON.stringify(shipped[model]);
	const own = Object.entries(prices).filter(isOwn);
	return Object.fromEntries(own.map(([model, price]) => [model, priceFile(price)]));
}

function read(): Prices {
	const path = join(packageRoot(), 'rules', 'prices', 'models.yaml');
	const parsed = parseYaml(readFileSync(path, 'utf8'), path);
	if (!parsed.ok) throw new Error(parsed.refusal.message);
	const { prices = {} } = settingsFile.parse(parsed.value.value);
	return Object.fromEntries(
		Object.entries(prices).map(([model, price]) => [model, priceOf(price)]),
	);
}
