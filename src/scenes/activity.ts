import type { Stage } from './stage.ts';
import { type Style, span } from './styled-text.ts';

// None of these has an emoji form, so that all are one cell wide everywhere.
const frames = ['∙', '✢', '✶', '✻', '✽', '✻', '✶', '✢'] as const;
const frameMs = 120;

/** Shows a moving line with the elapsed time while the work goes on. */
export async function whileShowing<T>(
	stage: Pick<Stage, 'footer' | 'page' | 'clock'>,
	label: string,
	work: () => Promise<T>,
	style: Style = 'accent',
): Promise<T> {
	const { footer, page, clock } = stage;
	const began = clock.now();
	let frame = 0;
	footer.activity = () => {
		const elapsed = durationText(clock.now() - began);
		return [
			span(`${frames[frame % frames.length]} ${label}… `, style),
			span(`(${elapsed} · esc to interrupt)`, 'dim'),
		];
	};
	const ticking = setInterval(() => {
		frame += 1;
		page.refresh();
	}, frameMs);
	try {
		return await work();
	} finally {
		clearInterval(ticking);
		footer.activity = undefined;
	}
}

export function durationText(seconds: number): string {
	const whole = Math.floor(seconds);
	return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m ${whole % 60}s`;
}
