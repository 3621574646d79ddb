// What a program may print, from a seed: text, styles, movement, erasing, wide glyphs, scrolling.

const words = [
	'build',
	'ok ',
	'漢字',
	'🚀',
	'é',
	'⚠️ ',
	'한국',
	'─────',
	'x',
	'    ',
	'👨‍👩‍👧',
	'\r\n',
	'\n',
	'\t',
	'\b',
];

export function randomOutput(random: () => number, pieces: number): string {
	let text = '';
	for (let piece = 0; piece < pieces; piece += 1) {
		if (random() < 0.6) text += words[Math.floor(random() * words.length)] ?? '';
		else text += randomSequence((below) => Math.floor(random() * below));
	}
	return text;
}

function randomSequence(below: (limit: number) => number): string {
	const kinds = [
		() => `\x1b[${below(50)};${below(150)}H`,
		() => `\x1b[${below(3)}K`,
		() => `\x1b[${below(3)}J`,
		() => `\x1b[${below(9)}m`,
		() => `\x1b[38;5;${below(256)};48;2;${below(256)};${below(256)};0m`,
		() => `\x1b[4:${below(6)};58:5:${below(256)}m`,
		() => '\x1b[m',
		() => `\x1b[${below(5)}L`,
		() => `\x1b[${below(5)}P`,
		() => `\x1b[${below(9)}X`,
		() => `\x1b]8;;https://example.org/${below(5)}\x1b\\link\x1b]8;;\x1b\\`,
	];
	return kinds[below(kinds.length)]?.() ?? '';
}
