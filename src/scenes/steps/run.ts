import { spawn } from 'node:child_process';
import { counted } from '../../lib/counted.ts';
import { durationText, whileShowing } from '../../page/activity.ts';
import { harmlessLine } from '../../page/harmless-text.ts';
import { span } from '../../page/styled-text.ts';
import { bar, commandText, toolEnd, toolHead, toolLine } from '../../page/tool-blocks.ts';
import { type CommandEnd, environmentFor, runCommand } from '../command.ts';
import { SceneFailure } from '../departure.ts';
import type { StepBody } from '../scene.ts';
import type { Stage } from '../stage.ts';

const defaultTimeout = 600;
const defaultShow = 8;
/** Lines kept of a command that prints without end; the first ones and the last ones count. */
const keptLines = 4000;

type Run = Exclude<StepBody<'run'>, readonly string[]>;

/** Runs a real command; an end that the scene does not expect fails the scene. */
export async function run(body: StepBody<'run'>, stage: Stage): Promise<void> {
	const order: Run = 'argv' in body ? body : { argv: body };
	const { expect = 'pass', otherwise } = order;
	const end = await runShown(order, stage, expect);
	const passed = end.code === 0;
	if (expect === 'any' || passed === (expect === 'pass')) return;
	if (!otherwise) {
		const what = passed ? 'passed, but was to fail' : `failed (${endText(end)})`;
		throw new SceneFailure(`${commandText(order.argv)} ${what}`);
	}
	await stage.play(otherwise);
}

/** Runs a command with its head, its latest lines while it runs, and its end on the page. */
export async function runShown(
	order: Run,
	stage: Stage,
	expect: 'pass' | 'fail' | 'any',
): Promise<CommandEnd> {
	const { page, footer, clock } = stage;
	const show = order.show ?? defaultShow;
	const lines: string[] = [];
	page.add(toolHead('Run', commandText(order.argv)));
	const began = performance.now();
	const onLine = (line: string) => {
		lines.push(harmlessLine(line.slice(0, 2000)));
		if (lines.length > keptLines) lines.splice(keptLines / 2, 1);
		footer.detail = lines
			.slice(-Math.min(show, 6))
			.map((text) => [bar, span(text, 'dim')]);
	};
	try {
		const end = await whileShowing({ page, footer, clock }, 'Running', () =>
			runCommand({
				argv: order.argv,
				cwd: stage.cwd,
				environment: stage.environment,
				onLine,
				timeoutMs: (order.timeout ?? defaultTimeout) * 1000,
				interrupt: stage.interrupt,
				lifetime: stage.lifetime,
			}),
		);
		footer.detail = [];
		const seconds = (performance.now() - began) / 1000;
		const asWished = expect === 'any' || (end.code === 0) === (expect === 'pass');
		page.add(
			...excerpt(kept(lines, order.keep), show).map((line) => toolLine(line)),
			toolEnd(`${endText(end)} · ${shortTime(seconds)}`, asWished ? 'good' : 'bad'),
		);
		return end;
	} finally {
		footer.detail = [];
	}
}

export async function commit(body: StepBody<'commit'>, stage: Stage): Promise<void> {
	const { message, paths } =
		typeof body === 'string' ? { message: body, paths: undefined } : body;
	const adding = quietly(stage, ['git', 'add', '--all', '--', ...(paths ?? ['.'])]);
	await mustPass(adding, 'git add');
	const staged = await quietly(stage, ['git', 'diff', '--cached', '--quiet', '--']);
	if (staged.code === 0) {
		stage.page.add(toolHead('Commit', message), toolEnd('nothing new', 'dim'));
		return;
	}
	const only = paths ? ['--', ...paths] : [];
	const argv = ['git', 'commit', '--quiet', '-m', message, ...only];
	await mustPass(runShown({ argv, show: 4 }, stage, 'pass'), 'git commit');
}

export async function spawnChild(
	body: StepBody<'spawn-child'>,
	stage: Stage,
): Promise<void> {
	const argv = body.nohup ? ['nohup', ...body.argv] : body.argv;
	const [program = '', ...rest] = argv;
	const child = spawn(program, rest, {
		cwd: stage.cwd,
		env: environmentFor(stage.environment),
		stdio: 'ignore',
		detached: body.session ?? true,
	});
	const started = await new Promise<boolean>((resolve) => {
		child.once('spawn', () => resolve(true));
		child.once('error', () => resolve(false));
	});
	child.unref();
	if (!started) throw new SceneFailure(`${commandText(argv)} could not be started`);
	stage.page.add(
		toolHead('Background', commandText(body.argv)),
		toolEnd(`process ${child.pid} runs on`, 'dim'),
	);
}

async function mustPass(running: Promise<CommandEnd>, name: string): Promise<void> {
	const end = await running;
	if (end.code !== 0) throw new SceneFailure(`${name} failed (${endText(end)})`);
}

function quietly(stage: Stage, argv: readonly string[]): Promise<CommandEnd> {
	return runCommand({
		argv,
		cwd: stage.cwd,
		environment: stage.environment,
		onLine: () => undefined,
		timeoutMs: defaultTimeout * 1000,
		interrupt: stage.interrupt,
		lifetime: stage.lifetime,
	});
}

/** Lines that say something, and of those the ones that the scene wants to stay. */
function kept(lines: readonly string[], keep: string | undefined): readonly string[] {
	const wanted = new RegExp(keep ?? '', 'iu');
	return lines.filter((line) => line.trim() !== '' && wanted.test(line));
}

/** The first two lines and the last ones, with what is left out between them. */
function excerpt(lines: readonly string[], show: number): readonly string[] {
	if (lines.length <= show) return lines;
	const head = show > 4 ? 2 : 0;
	const tail = show - head;
	const hidden = lines.length - head - tail;
	return [
		...lines.slice(0, head),
		`… ${counted(hidden, 'more line')}`,
		...lines.slice(-tail),
	];
}

function endText(end: CommandEnd): string {
	if (end.failure !== undefined) return end.failure;
	if (end.timedOut) return 'took too long and was ended';
	return end.signal ? `ended by ${end.signal}` : `exit ${end.code}`;
}

function shortTime(seconds: number): string {
	return seconds < 10 ? `${seconds.toFixed(1)}s` : durationText(seconds);
}
