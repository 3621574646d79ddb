// The unfriendly things that real agents do to their terminal and their supervisor.

import { span } from '../../page/styled-text.ts';
import { toolEnd, toolHead } from '../../page/tool-blocks.ts';
import { Departure } from '../departure.ts';
import type { StepBody } from '../scene.ts';
import type { Stage } from '../stage.ts';

export async function crash(body: StepBody<'crash'>, stage: Stage): Promise<void> {
	const message = body.message ?? 'internal error';
	stage.page.add({
		lead: span('✗ ', 'bad'),
		indent: 2,
		text: [span(`fatal: ${message}`, 'bad')],
		fold: 'words',
		gap: true,
	});
	stage.report.observe({ state: 'error', message });
	throw new Departure(body.exit ?? 1, body.signal);
}

/** One piece of the flood; as large as what a pty takes in a few writes. */
const pieceBytes = 64 * 1024;

/** Prints as fast as the terminal takes it. */
export async function flood(body: StepBody<'flood'>, stage: Stage): Promise<void> {
	const { page, clock, interrupt } = stage;
	const piece = noise(stage);
	const bytes = (body.megabytes ?? Infinity) * 1_000_000;
	const until = body.seconds === undefined ? Infinity : clock.now() + body.seconds;
	let written = 0;
	page.suspend();
	try {
		while (written < bytes && clock.now() < until) {
			const part = piece.subarray(0, Math.min(piece.length, bytes - written));
			await stage.pour(part);
			written += part.length;
			// Lets keys and signals in between two writes.
			await new Promise((go) => setImmediate(go));
			interrupt.throwIfAborted();
		}
	} finally {
		await stage.pour(Buffer.from('\u001b[0m\r\n'));
		page.unsuspend();
	}
	page.add(toolEnd(`${(written / 1_000_000).toFixed(1)} MB of output`, 'dim'));
}

/** Lines of a log that nobody reads, different for each seed. */
function noise({ random, page }: Stage): Buffer {
	const words = [
		'cache',
		'miss',
		'retry',
		'shard',
		'ok',
		'flush',
		'queue',
		'lease',
		'sync',
	] as const;
	let text = '';
	let line = 0;
	while (text.length < pieceBytes) {
		line += 1;
		const colour = page.interactive ? `\u001b[${random.between(31, 36)}m` : '';
		const reset = page.interactive ? '\u001b[0m' : '';
		const rest = Array.from({ length: random.between(3, 9) }, () => random.pick(words));
		text += `${colour}[${String(line).padStart(5, '0')}]${reset} ${rest.join(' ')} ${random.between(0, 99_999)}\r\n`;
	}
	return Buffer.from(text);
}

export async function ignore(body: StepBody<'ignore'>, stage: Stage): Promise<void> {
	stage.signals.ignore(body);
	const names = body.join(', ');
	stage.page.add(
		toolHead('Deaf', 'from now on'),
		toolEnd(`not hearing ${names}`, 'warn'),
	);
}
