// Runs a command of the model's in the user's shell language, and gives its output and exit code.
import { ok } from '../../lib/outcome.ts';
import { type CommandEnd, runCommand } from './command.ts';
import { planOf, type Tool, type ToolOutcome } from './tool.ts';

const usualSeconds = 120;
const mostSeconds = 1800;

export const run: Tool = {
	sheet: {
		name: 'run',
		about: `Runs a command with sh in the working folder and gives its output and exit code. It has no terminal and no input. After ${usualSeconds} s, or as many as "seconds" says (${mostSeconds} at most), it is ended with all that it started; what it leaves in the background is ended as well.`,
		input: {
			type: 'object',
			properties: {
				command: { type: 'string', description: 'as it would be typed' },
				seconds: { type: 'integer', description: 'how long it may take' },
			},
			required: ['command'],
		},
	},
	plan(input, { workspace, environment }) {
		const command = input.given('command');
		const wished = input.number('seconds') ?? usualSeconds;
		const seconds = Math.max(1, Math.min(mostSeconds, wished));
		return ok(
			planOf({
				risk: 'run',
				verb: 'Run',
				subject: command,
				like: `run ${command}`,
				run: async (signal, onOutput) =>
					told(
						await runCommand({
							// The model writes for a shell; there is none between it and the argument.
							argv: ['/bin/sh', '-c', command],
							cwd: workspace.folder,
							environment,
							timeoutMs: seconds * 1000,
							signal,
							onOutput,
						}),
						seconds,
						signal.aborted,
					),
			}),
		);
	},
};

function told(end: CommandEnd, seconds: number, brokenOff: boolean): ToolOutcome {
	const remark = remarkOf(end, seconds, brokenOff);
	const text = [end.output.trimEnd(), `[${remark}]`]
		.filter((part) => part !== '')
		.join('\n');
	return { text, failed: end.code !== 0 || end.timedOut || brokenOff, remark };
}

function remarkOf(
	{ code, signal, timedOut, failure }: CommandEnd,
	seconds: number,
	brokenOff: boolean,
): string {
	if (failure !== null) return `could not be started: ${failure}`;
	if (brokenOff) return 'broken off by the user';
	if (timedOut) return `ended after ${seconds} s`;
	return signal === null ? `exit code ${code}` : `ended by ${signal}`;
}
