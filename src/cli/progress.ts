// Tells a waiting person what is under way, once a request takes more than a second: one line on
// standard error that is drawn over and gone at the end. Scripts see nothing of it.
import type { Connection } from '../client/connection.ts';
import type { AgentId } from '../domain/ids.ts';
import type { Observation } from '../protocol/observation.ts';

const patienceMs = 1000;
const tickMs = 250;

/** Waits for `work`, which `label` names: `new api`. */
export async function withProgress<T>(
	connection: Connection,
	label: string,
	work: Promise<T>,
): Promise<T> {
	const screen = process.stderr;
	if (!screen.isTTY) return work;
	const began = performance.now();
	const steps = new Map<AgentId, Observation['progress']>();
	const stop = connection.onPush.on((push) => {
		if (push.push === 'observed') steps.set(push.agent, push.observation.progress);
	});
	let drawn = false;
	const draw = () => {
		// The first line asks for the steps: most requests end before anybody wants them.
		if (!drawn) void connection.request('attach', {});
		drawn = true;
		const line = progressLine(label, performance.now() - began, [...steps.values()]);
		screen.write(`\r\u001b[K${line.slice(0, (screen.columns ?? 80) - 1)}`);
	};
	let ticking: NodeJS.Timeout | undefined;
	const first = setTimeout(() => {
		draw();
		ticking = setInterval(draw, tickMs);
	}, patienceMs);
	try {
		return await work;
	} finally {
		clearTimeout(first);
		clearInterval(ticking);
		stop();
		if (drawn) screen.write('\r\u001b[K');
	}
}

/** Prints while a line of progress may stand there, which is drawn again below. */
export function aboveProgress(tell: () => void): void {
	if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
	tell();
}

/** `new api: files 1200/30000, 3 s`: the step that has come least far counts. */
export function progressLine(
	label: string,
	elapsedMs: number,
	steps: readonly Observation['progress'][],
): string {
	const [step] = steps
		.filter((one) => one !== null)
		.toSorted((one, other) => shareOf(one) - shareOf(other));
	const told = step ? `: ${step.label}${countOf(step)}` : '';
	return `${label}${told}, ${Math.round(elapsedMs / 1000)} s`;
}

type Step = NonNullable<Observation['progress']>;

function shareOf({ done, total }: Step): number {
	return total ? done / total : 0;
}

function countOf({ done, total }: Step): string {
	return total === null ? '' : ` ${done}/${total}`;
}
