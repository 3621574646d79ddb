import type { FooterLines } from './footer.ts';
import type { Page } from './page.ts';
import { type Style, span } from './styled-text.ts';

// None of these has an emoji form, so that all are one cell wide everywhere.
const frames = ['∙', '✢', '✶', '✻', '✽', '✻', '✶', '✢'] as const;
const frameMs = 120;

/** Where something is shown to go on, and by which clock. */
interface Show {
	readonly footer: FooterLines;
	readonly page: Page;
	/** In seconds. */
	readonly clock: { readonly now: () => number };
}

/** Shows a moving line with the elapsed time while the work goes on. */
export async function whileShowing<T>(
	{ footer, page, clock }: Show,
	label: string | (() => string),
	work: () => Promise<T>,
	style: Style = 'accent',
): Promise<T> {
	const began = clock.now();
	let frame = 0;
	footer.activity = () => {
		const elapsed = durationText(clock.now() - began);
		const words = typeof label === 'string' ? label : label();
		return [
			span(`${frames[frame % frames.length]} ${words}… `, style),
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
