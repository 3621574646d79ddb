// Programs that want something of the human.
import type { Core } from './domain.ts';

/** Asks by `weir ask`, prints what it heard and stays. */
export function asking(question: string, choices: readonly string[]): string[] {
	const flags = choices.flatMap((choice) => ['--choice', choice]);
	const told = 'heard=$(weir ask "$@") && echo "heard: $heard"; exec sleep 1000';
	return ['sh', '-c', told, 'sh', question, ...flags];
}

/** Asks one question after the other on its screen, says that it is blocked meanwhile, and stays. */
export function prompting(questions: readonly string[]): string[] {
	const says = (state: string) => `printf '\\033]7501;state=${state}\\007'`;
	const ask = `printf '\\033[2J\\033[H%s (y/n) ' "$q"; ${says('blocked:kind=permission')}; read -r a`;
	const each = `for q in "$@"; do ${ask}; ${says('working')}; echo "heard: $q $a"; done`;
	return ['sh', '-c', `${each}; echo all told; exec sleep 1000`, 'sh', ...questions];
}

/** As `weir ask` of a running agent. */
export function asks(
	core: Core,
	name: string,
	text: string,
	labels: string[] = [],
): void {
	const { id: agent, generation } = core.agent(name);
	const choices = labels.map((label, at) => {
		return { key: String(at + 1), label, free: false };
	});
	const via = { kind: 'verb' } as const;
	const shape = { wants: 'answer', text, detail: null, choices, via } as const;
	core.submit({ kind: 'question.open', agent, generation, ...shape });
}

/** A prompt for y or n stands on the screen of a running agent. */
export function promptOn(
	core: Core,
	name: string,
	text: string,
	hash: string,
	detail: string | null = null,
): void {
	const { id: agent, generation } = core.agent(name);
	const choices = [
		{ key: 'y', label: 'yes, once', free: false },
		{ key: 'n', label: 'no', free: false },
	];
	const via = { kind: 'screen', hash, keys: { y: 'y\r', n: 'n\r' } } as const;
	core.submit({
		...{ kind: 'agent.observe', agent, generation, state: 'needs-approval' },
		...{ source: 'osc7501', inferred: false, why: text },
		prompt: { wants: 'approval', text, detail, choices, via },
	});
}
