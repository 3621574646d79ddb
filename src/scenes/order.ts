// The command line of the scene player.
import { parseArgs } from 'node:util';
import { messageOf } from '../lib/error-words.ts';

export const usage = `weir-scene plays a scripted coding agent from a file.

  weir-scene play FILE [options]    play the scene in this terminal and this folder; of a folder
                                    of scenes the one that is called as this folder is
  weir-scene check FILE             say whether the file is a scene
  weir-scene demo FOLDER [options]  make the demo's repository and scenes in an empty folder,
                                    and say as JSON where they are and how to play them

  --speed X        play X times as fast (the scene's own speed, else 1)
  --seed N         another draw of pauses and wordings; of the demo, another draw of agents
  --generation N   as the Nth incarnation (WEIR_GENERATION, else 1)
  --exit-at-end    leave with 0 instead of waiting at the prompt
  --agents N       how many scenes the demo has (4)
  --conflict       two more scenes that conflict with each other
  --help           this text

While it plays: Esc or Ctrl-C interrupts, Ctrl-C again leaves; Ctrl-D leaves at the prompt.
Exit codes: 0 played, 1 the scene failed, 2 usage, 3 refused (no scene, folder not empty),
129 and more by signal.
`;

export interface Pace {
	/** Undefined: what the scene itself says. */
	readonly speed: number | undefined;
	readonly seed: number | undefined;
	readonly exitAtEnd: boolean;
}

export type Order =
	| { readonly kind: 'help' }
	| { readonly kind: 'wrong'; readonly message: string }
	| { readonly kind: 'check'; readonly file: string }
	| ({
			readonly kind: 'play';
			readonly file: string;
			readonly generation: number | undefined;
	  } & Pace)
	| ({
			readonly kind: 'demo';
			readonly folder: string;
			readonly agents: number;
			readonly conflict: boolean;
	  } & Pace);

const verbs = ['play', 'check', 'demo'] as const;

export function orderFrom(argv: readonly string[]): Order {
	let parsed: ReturnType<typeof parse>;
	try {
		parsed = parse(argv);
	} catch (error) {
		// parseArgs says which option it does not know, and how.
		return wrong(messageOf(error));
	}
	const { values, positionals } = parsed;
	if (values.help) return { kind: 'help' };
	const [word, place, ...more] = positionals;
	const verb = verbs.find((known) => known === word);
	if (!verb)
		return wrong(
			word === undefined ? 'say play, check or demo' : `unknown word '${word}'`,
		);
	if (place === undefined)
		return wrong(`${verb} needs a ${verb === 'demo' ? 'folder' : 'file'}`);
	if (more[0] !== undefined) return wrong(`one at a time, not also '${more[0]}'`);
	const fault = faultOf(values);
	if (fault !== undefined) return wrong(fault);
	const pace: Pace = {
		speed: number(values.speed),
		seed: number(values.seed),
		exitAtEnd: values['exit-at-end'] ?? false,
	};
	switch (verb) {
		case 'check':
			return { kind: verb, file: place };
		case 'play':
			return { kind: verb, file: place, generation: number(values.generation), ...pace };
		case 'demo': {
			const agents = number(values.agents) ?? 4;
			return {
				kind: verb,
				folder: place,
				agents,
				conflict: values.conflict ?? false,
				...pace,
			};
		}
	}
}

function parse(argv: readonly string[]) {
	return parseArgs({
		args: [...argv],
		allowPositionals: true,
		options: {
			speed: { type: 'string' },
			seed: { type: 'string' },
			generation: { type: 'string' },
			agents: { type: 'string' },
			conflict: { type: 'boolean' },
			'exit-at-end': { type: 'boolean' },
			help: { type: 'boolean', short: 'h' },
		},
	});
}

function wrong(message: string): Order {
	return { kind: 'wrong', message };
}

type NumberOption = 'speed' | 'seed' | 'generation' | 'agents';

const limits: readonly (readonly [NumberOption, (value: number) => boolean, string])[] = [
	['speed', (value) => value > 0 && value <= 1000, 'a number above 0, up to 1000'],
	['seed', (value) => Number.isSafeInteger(value) && value >= 0, 'a whole number from 0'],
	[
		'generation',
		(value) => Number.isSafeInteger(value) && value >= 1,
		'a whole number from 1',
	],
	[
		'agents',
		(value) => Number.isInteger(value) && value >= 1 && value <= 200,
		'1 to 200',
	],
];

function faultOf(
	values: Readonly<Partial<Record<NumberOption, string>>>,
): string | undefined {
	for (const [name, fits, wanted] of limits) {
		const value = number(values[name]);
		if (value !== undefined && !fits(value)) return `--${name} takes ${wanted}`;
	}
	return undefined;
}

function number(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	return text.trim() === '' ? Number.NaN : Number(text);
}
