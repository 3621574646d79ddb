// Pictures of a terminal program, from a real run:
//   node scripts/picture.ts --size 120x36 --out x.svg [--png] [--keys STEPS] [--title T] -- CMD...
//   node scripts/picture.ts x.svg --png
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openProgram } from '../tests/support/terminal-driver.ts';
import { renderPng } from './picture/png.ts';
import { parseSize, takeSteps } from './picture/steps.ts';
import { screenSvg } from './picture/svg.ts';

const leaveMs = 20_000;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		size: { type: 'string', default: '120x36' },
		out: { type: 'string' },
		png: { type: 'boolean', default: false },
		keys: { type: 'string', default: 'wait-idle' },
		title: { type: 'string' },
		cwd: { type: 'string' },
		/** NAME=VALUE, as often as needed. */
		env: { type: 'string', multiple: true, default: [] },
	},
});

const svg = values.out ?? positionals.find((name) => name.endsWith('.svg'));
if (!svg) {
	console.error('picture: say where to: --out x.svg -- CMD..., or name an SVG and --png');
	process.exit(2);
}
if (values.out) await takePicture(svg, positionals);
if (values.png) drawPng(svg);

async function takePicture(file: string, argv: readonly string[]): Promise<void> {
	const [columns, rows] = parseSize(values.size);
	const env = Object.fromEntries(values.env.map(readVariable));
	const cwd = values.cwd ?? process.cwd();
	await using program = openProgram(argv, { columns, rows, cwd, env });
	await takeSteps(program, values.keys);
	writeFileSync(file, screenSvg(program.terminal, values.title ?? argv[0] ?? ''));
	console.log(file);
	// As a terminal that is closed; a demo clears away what it made.
	process.kill(program.pid, 'SIGHUP');
	await Promise.race([program.exit, wait(leaveMs, undefined, { ref: false })]);
}

function drawPng(file: string): void {
	const [, width, height] =
		/width="(\d+)" height="(\d+)"/.exec(readFileSync(file, 'utf8')) ?? [];
	const png = file.replace(/\.svg$/, '.png');
	const program = renderPng(file, png, [Number(width), Number(height)]);
	console.log(`${png} (drawn by ${program})`);
}

function readVariable(text: string): [string, string] {
	const at = text.indexOf('=');
	return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
