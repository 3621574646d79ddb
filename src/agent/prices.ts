// What models cost, for an agent that bounds its own money: what weir knows, below the user's own settings.
// Those of a repository do not count: whoever wrote it would say what the user's limit means.
import { join } from 'node:path';
import { shippedPrices } from '../agents/shipped-prices.ts';
import { type Prices, priceOf } from '../domain/cost/prices.ts';
import { pricesFile } from '../domain/settings-file.ts';
import type { Environment } from '../lib/environment.ts';
import { messageOf } from '../lib/error-words.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { configFolder } from '../lib/paths.ts';
import { readIfThere } from '../lib/read-if-there.ts';
import { firstFault } from '../lib/schema-words.ts';
import { parseYaml } from '../lib/yaml.ts';

/** Refused where the user's settings cannot be read. */
export async function readPrices(environment: Environment): Promise<Outcome<Prices>> {
	const path = join(configFolder(environment), 'config.yaml');
	const read = await readIfThere(path).then(ok, (error: unknown) =>
		refuse('settings.unreadable', `${path} cannot be read: ${messageOf(error)}`),
	);
	if (!read.ok) return read;
	const text = read.value;
	if (text === null) return ok(shippedPrices());
	const yaml = parseYaml(text, path);
	if (!yaml.ok) return yaml;
	const file = pricesFile.safeParse(yaml.value.value ?? {});
	if (!file.success)
		return refuse('settings.invalid', `${path}: ${firstFault(file.error.issues)}`);
	const own = Object.entries(file.data.prices ?? {});
	return ok({
		...shippedPrices(),
		...Object.fromEntries(own.map(([model, price]) => [model, priceOf(price)])),
	});
}
