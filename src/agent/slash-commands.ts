// What can be said to the program instead of the model.
import { moneyWords } from '../domain/cost/prices.ts';
import type { Opened } from './opened.ts';
import { modeWords } from './permission.ts';
import { shortNumber } from './status-words.ts';

/** What there is to say to a command; what it is not about is help. */
export function slashCommands(name: string, opened: Opened): readonly string[] {
	return (Object.hasOwn(answers, name) ? answers[name] : unknown)?.(opened, name) ?? [];
}

type Tell = (opened: Opened, name: string) => readonly string[];

const answers: Readonly<Record<string, Tell>> = {
	help: () => [
		'enter sends · alt+enter begins a line · arrows bring back what was said · esc ends a turn · ctrl-d leaves',
		'/usage what was used · /compact makes room · /exit leaves; what you type while it works is said next',
	],
	usage: ({ conversation, transcript, model, options, budget }) => {
		const { used, filled } = conversation;
		const kinds = [
			`${shortNumber(used.input)} read`,
			`${shortNumber(used.cacheRead)} from the cache`,
			`${shortNumber(used.cacheWrite)} into it`,
			`${shortNumber(used.output)} written`,
		];
		const { limits, usd, tokens } = budget;
		const most = limits.tokens === null ? '' : ` of ${shortNumber(limits.tokens)}`;
		const mostUsd = limits.usd === null ? '' : ` of ${moneyWords(limits.usd)}`;
		const money = usd === null ? '' : `${moneyWords(usd)}${mostUsd} for `;
		return [
			`${money}${shortNumber(tokens)}${most} tokens: ${kinds.join(', ')}`,
			`${shortNumber(filled)} of ${shortNumber(model.window)} tokens of ${model.name} are full; it ${modeWords[options.mode]}`,
			`weir agent --resume ${transcript.id}`,
		];
	},
};

const unknown: Tell = (_opened, name) => [
	`there is no /${name}; /help tells what there is`,
];
