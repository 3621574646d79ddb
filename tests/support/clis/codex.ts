// Codex against OpenAI Responses.
import type { ToolCall } from '../model-api-dialect.ts';
import {
	byTools,
	committing,
	common,
	fileOf,
	makes,
	prompts,
	type RealCli,
	retried,
} from './real-cli.ts';

/** Its models write a program for each call. */
const script = (input: string): ToolCall => ({ tool: 'exec', input });

const patchOf = (file: string) =>
	['*** Begin Patch', `*** Add File: ${file}`, '+made', '*** End Patch'].join('\n');

const tries = (call: string): ToolCall =>
	script(`try { text(await ${call}); } catch (error) { text(String(error)); }`);

const patches = (file: string): ToolCall =>
	tries(`tools.apply_patch(${JSON.stringify(patchOf(file))})`);

/** It applies that by itself, and runs no command. */
const patchesByShell = (file: string): ToolCall => {
	const cmd = `cd . && apply_patch <<'EOF'\n${patchOf(file)}\nEOF\n`;
	return tries(`tools.exec_command(${JSON.stringify({ cmd })})`);
};

export const codex: RealCli = {
	name: 'codex',
	home: {
		'.codex/config.toml': '# Of the user.\n',
		'.codex/AGENTS.md': 'Of the user.\n',
	},
	env: () => ({ OPENAI_API_KEY: 'of-the-test-only' }),
	settings: (api) => {
		const provider = `model_providers.local={name="local",base_url="${api}/v1",env_key="OPENAI_API_KEY"}`;
		const command = ['codex', '-c', 'model_provider=local', '-c', provider];
		return `agents:\n  real: {like: codex, command: ${JSON.stringify(command)}}\n`;
	},
	scenes: [
		...common,
		// It says nothing of the first five.
		retried(7),
		...(['allowed', 'denied', 'atPane'] as const).map((name) =>
			makes(name, (file) =>
				script(
					`const done = await tools.exec_command({cmd: 'touch ${file}', sandbox_permissions: 'require_escalated', justification: 'May I make a file?'}); text(String(done.exit_code));`,
				),
			),
		),
		{
			prompt: prompts.scoped,
			turns: [
				{ calls: [patches(fileOf('outside'))] },
				{ calls: [patchesByShell(fileOf('outside'))] },
				{ calls: [patches(fileOf('inside'))] },
				{ say: 'written' },
			],
		},
		{
			prompt: prompts.commits,
			turns: [
				{
					calls: [
						tries(
							`tools.exec_command(${JSON.stringify({ cmd: committing })}).then((done) => done.output)`,
						),
					],
				},
				{ say: 'committed' },
			],
		},
		{
			prompt: prompts.long,
			turns: [
				{
					calls: [
						script(
							`text((await tools.exec_command({cmd: 'sleep 60', yield_time_ms: 30000})).output);`,
						),
					],
				},
				{ say: 'slept' },
			],
		},
		byTools((name, input) =>
			tries(
				`tools.mcp__weir__${name}(${JSON.stringify(input)}).then((said) => JSON.stringify(said))`,
			),
		),
	],
	// Counters of its notices are kept in its settings.
	own: /^(\.codex\/(?!AGENTS\.md$)|\.cache\/|\.local\/)/,
	kept: {
		file: '.codex/config.toml',
		without: /trust_level|hooks|instructions|sandbox|approval/,
	},
	without: {
		trust: 'it is told at its start',
		question:
			'no: what it asks in its usual mode it only prints, and works on; the other way is of its plan mode and was not tried',
		plan: 'not tried',
		byVerb: 'its sandbox lets no command reach weir; it is told of the tools',
		subagent: 'not tried',
	},
	reportsBy: 'osc7501',
	saysWhy: false,
	yesKeys: ['y'],
	logins: ['OPENAI_API_KEY'],
};
