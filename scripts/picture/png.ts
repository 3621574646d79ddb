// Turns an SVG into a PNG with whatever the machine has: pictures for looking at are not committed,
// so no renderer is a dependency.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

type Renderer = (svg: string, png: string, size: readonly [number, number]) => string[];

const renderers: Record<string, Renderer> = {
	'rsvg-convert': (svg, png) => ['--output', png, svg],
	chromium: chromium,
	'google-chrome': chromium,
};

/** Writes the PNG and returns the program that drew it. Throws where no program is installed. */
export function renderPng(
	svg: string,
	png: string,
	size: readonly [number, number],
): string {
	for (const [program, argumentsFor] of Object.entries(renderers)) {
		const result = spawnSync(program, argumentsFor(svg, png, size), {
			encoding: 'utf8',
			timeout: 60_000,
		});
		if (result.error && 'code' in result.error && result.error.code === 'ENOENT')
			continue;
		if (result.status === 0) return program;
		throw new Error(`${program} could not draw ${svg}: ${result.stderr}`);
	}
	const names = Object.keys(renderers).join(', ');
	throw new Error(
		`a PNG needs one of ${names} and a monospaced font ` +
			'(Debian: apt-get install librsvg2-bin fonts-dejavu-core)',
	);
}

function chromium(svg: string, png: string, [width, height]: readonly [number, number]) {
	const flags = ['--headless', '--no-sandbox', '--hide-scrollbars', '--disable-gpu'];
	const page = pathToFileURL(resolve(svg)).href;
	return [
		...flags,
		`--window-size=${width},${height}`,
		`--screenshot=${resolve(png)}`,
		page,
	];
}
