// Which model an agent asks, by what was said on its command line and in its environment.
import type { Environment } from '../lib/environment.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import type { ModelPlace, ProviderName } from '../models/model.ts';

export interface ModelWish {
	readonly provider: string | null;
	readonly model: string | null;
	readonly baseUrl: string | null;
	/** Tokens that fit into the model, where that is known better. */
	readonly window: number | null;
}

export interface ModelChoice {
	readonly provider: ProviderName;
	readonly place: ModelPlace;
}

interface Provider {
	readonly usual: string;
	readonly modelVariable: string;
	readonly urlVariable: string;
	readonly keys: readonly string[];
	readonly tokens: readonly string[];
}

const providers: Readonly<Record<ProviderName, Provider>> = {
	anthropic: {
		usual: 'claude-sonnet-5-5',
		modelVariable: 'ANTHROPIC_MODEL',
		urlVariable: 'ANTHROPIC_BASE_URL',
		keys: ['ANTHROPIC_API_KEY'],
		tokens: ['ANTHROPIC_AUTH_TOKEN'],
	},
	openai: {
		usual: 'gpt-5.5',
		modelVariable: 'OPENAI_MODEL',
		urlVariable: 'OPENAI_BASE_URL',
		keys: ['OPENAI_API_KEY'],
		tokens: [],
	},
	chat: {
		usual: 'gpt-5.5',
		modelVariable: 'OPENAI_MODEL',
		urlVariable: 'OPENAI_BASE_URL',
		keys: ['OPENAI_API_KEY'],
		tokens: [],
	},
};

/** Variables that hold what models are paid by: nobody's but the request's. */
export const keyVariables: readonly string[] = [
	...new Set(
		Object.values(providers).flatMap(({ keys, tokens }) => [...keys, ...tokens]),
	),
];

/** Refused with `model.no-key` where there is nothing to ask with. */
export function chooseModel(
	wish: ModelWish,
	environment: Environment,
): Outcome<ModelChoice> {
	const provider = providerFor(wish, environment);
	if (!provider.ok) return provider;
	const { usual, modelVariable, urlVariable, keys, tokens } = providers[provider.value];
	const set = (names: readonly string[]) =>
		names.map((name) => environment[name]?.trim()).find(Boolean) ?? null;
	const baseUrl = wish.baseUrl ?? environment[urlVariable] ?? null;
	if (baseUrl && !isWeb(baseUrl))
		return refuse(
			'usage.base-url',
			`${JSON.stringify(baseUrl)} is no address of a server`,
			wish.baseUrl === null ? `export ${urlVariable}=https://…` : '--base-url https://…',
		);
	const unfit = [...keys, ...tokens].find((name) => !fitsHeader(environment[name] ?? ''));
	if (unfit !== undefined)
		return refuse(
			'model.bad-key',
			`what ${unfit} holds is no key: there are line breaks or letters in it that none has`,
			`export ${unfit}=…`,
		);
	const key = set(keys);
	const token = set(tokens);
	// Who names a place may know one that asks for no key.
	if (key === null && token === null && !baseUrl)
		return refuse(
			'model.no-key',
			`there is no key for ${provider.value}: ${[...keys, ...tokens].join(' and ')} ${tokens.length > 0 ? 'are' : 'is'} not set`,
			`export ${keys[0]}=…`,
		);
	const name = wish.model ?? environment[modelVariable] ?? usual;
	const place = { name, baseUrl: baseUrl || null, key, token, window: wish.window };
	return ok({ provider: provider.value, place });
}

function isWeb(url: string): boolean {
	return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

/** Blanks around it are those of a file that it was read from. */
function fitsHeader(key: string): boolean {
	return /^[!-~]*$/.test(key.trim());
}

function isProvider(name: string): name is ProviderName {
	return Object.hasOwn(providers, name);
}

function providerFor(
	{ provider, model }: ModelWish,
	environment: Environment,
): Outcome<ProviderName> {
	if (provider !== null) {
		if (isProvider(provider)) return ok(provider);
		return refuse(
			'usage.provider',
			`there is no provider ${JSON.stringify(provider)}`,
			`--provider ${Object.keys(providers).join(', --provider ')}`,
		);
	}
	if (model !== null) return ok(/claude/i.test(model) ? 'anthropic' : 'openai');
	const there = (['anthropic', 'openai'] as const).find((name) => {
		const { keys, tokens, urlVariable } = providers[name];
		return [...keys, ...tokens, urlVariable].some((variable) => environment[variable]);
	});
	if (there) return ok(there);
	return refuse(
		'model.no-key',
		'there is no key for a model: neither ANTHROPIC_API_KEY nor OPENAI_API_KEY is set',
		'export ANTHROPIC_API_KEY=…',
	);
}
