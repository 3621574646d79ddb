// Verbs on what agents use.
import type { Verb } from '../verb.ts';

const amount = (help: string) => ({ type: 'string', value: 'N', help }) as const;

export const costVerbs = {
	cost: {
		summary: 'Print what agents used, in tokens and money, by agent and model',
		usage: '[AGENT]',
		arguments: [0, 1],
		flags: {
			since: {
				type: 'string',
				value: 'DAY',
				help: 'from this day on: 2026-11-20, today, or 7d ago',
			},
			days: { type: 'boolean', help: 'a row for each day' },
			prices: { type: 'boolean', help: 'the table of prices instead' },
		},
		notes: [
			'Read from the records of each CLI while it runs. Money is worked out by the',
			'table of prices, in which your setting prices stands first; a model that is',
			'not in it has tokens and no money.',
		],
		json: '{"v":1,"since":null,"agents":[{"agent":"api","kind":"claude","removed":false,"seen":"…","models":[{"model":"claude-sonnet-5","usd":0.42,"unpriced":[],"replies":12,"tokens":{…}}],"usd":0.42,"unpriced":[],"replies":12,"tokens":{"input":120,"cacheRead":90000,"cacheWrite":4000,"longWrite":0,"output":2100,"reasoning":0}}],"days":[{"day":"2026-11-22",…}],"total":{…},"prices":{…}}',
		examples: ['weir cost', 'weir cost api', 'weir cost --since today --days'],
		load: () => import('../verbs/cost.ts'),
	},
	budget: {
		summary: 'Show the limits of agents and of today, or set those of one',
		usage: '[AGENT]',
		arguments: [0, 1],
		flags: {
			usd: amount('money, in US dollars'),
			tokens: amount('tokens read anew and written: 500k, 2M'),
			hours: amount('hours for which its programs run'),
			tries: amount('starts, after which a crash starts it again no more'),
		},
		notes: [
			'Without an agent, limits are those of all agents today; those of every day and',
			'of every agent are settings: budget.day.usd, budget.agent.usd and others.',
			'`none` takes a limit away. At 80 % of one the inbox says so, at 100 % the agent',
			'is paused and asks how it goes on.',
		],
		json: '{"v":1,"day":"2026-11-22","budgets":[{"agent":"api","limits":{"usd":5,"tokens":null,"hours":null,"tries":null},"own":{"usd":5},"standings":[{"meter":"usd","used":4.1,"limit":5,"share":0.82}],"lifted":false,"paused":false},{"agent":null,…}]}',
		examples: [
			'weir budget',
			'weir budget api --usd 5 --hours 3',
			'weir budget --usd 20',
		],
		load: () => import('../verbs/budget.ts'),
	},
} as const satisfies Readonly<Record<string, Verb>>;
