// The key steps of a picture: `wait:TEXT;key:ctrl+space n;type:hello;resize:80x24;wait-idle:500`.
import type { Program } from '../../tests/support/terminal-driver.ts';

type Step = (program: Program, argument: string) => Promise<unknown> | void;

const steps: Record<string, Step> = {
	wait: (program, text) => program.waitFor(text, 60_000),
	'wait-gone': (program, text) =>
		program.waitFor((screen) => !screen.lines().join('\n').includes(text), 60_000),
	'wait-idle': (program, quiet) => program.waitIdle(Number(quiet || 400), 60_000),
	key: (program, names) => program.key(...names.split(' ')),
	type: (program, text) => program.type(text),
	resize: (program, size) => program.resize(...parseSize(size)),
};

export async function takeSteps(program: Program, script: string): Promise<void> {
	for (const part of script.split(';').filter((text) => text.trim() !== '')) {
		const [, name = '', argument = ''] = /^\s*([a-z-]+):?(.*)$/s.exec(part) ?? [];
		const step = steps[name];
		if (!step) {
			const known = Object.keys(steps).join(', ');
			throw new Error(`no such step: ${part.trim()} (known: ${known})`);
		}
		await step(program, argument);
	}
}

/** Reads `120x36`. */
export function parseSize(text: string): [columns: number, rows: number] {
	const [, columns, rows] = /^(\d+)x(\d+)$/.exec(text) ?? [];
	if (!columns || !rows) throw new Error(`not a size: ${text} (like 120x36)`);
	return [Number(columns), Number(rows)];
}
