// Codex against OpenAI Responses.
import type { ToolCall } from '../model-api-dialect.ts';
import {
	asksColour,
	byTools,
	colours,
	committing,
	common,
	delegated,
	delegates,
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

const escalates = (cmd: string): ToolCall => {
	const asked = { cmd, sandbox_permissions: 'require_escalated' };
	const words = JSON.stringify({ ...asked, justification: 'May I make a file?' });
	return script(
		`const done = await tools.exec_command(${words}); text(String(done.exit_code));`,
	);
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
			makes(name, (file) => escalates(`touch ${file}`)),
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
		asksColour({
			tool: 'request_user_input',
			input: {
				questions: [
					{ id: 'colour', header: 'Colour', question: 'Which colour?', options: colours },
				],
			},
		}),
		{
			prompt: prompts.plan,
			turns: [
				{ say: '<proposed_plan>\n# Say so\n\nSay that it is done.\n</proposed_plan>' },
				{ say: 'it is done' },
			],
		},
		...delegates(
			{
				tool: 'spawn_agent',
				namespace: 'collaboration',
				input: { task_name: 'maker', message: delegated, fork_turns: 'none' },
			},
			escalates,
			{ tool: 'wait_agent', namespace: 'collaboration', input: { timeout_ms: 300_000 } },
		),
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
		byVerb: 'its sandbox lets no command reach weir; it is told of the tools',
	},
	modes: { question: '/plan', plan: '/plan' },
	foreign: (file) => ({
		'.codex/config.toml': `[[hooks.Stop]]\n[[hooks.Stop.hooks]]\ntype = "command"\ncommand = "touch ${file}"\n`,
	}),
	reportsBy: 'osc7501',
	saysWhy: false,
	yesKeys: ['y'],
	logins: ['OPENAI_API_KEY'],
};
