import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Emulator } from '../../../src/terminal/emulator.ts';
import { RedactedStream, Redaction } from '../../../src/terminal/redaction.ts';
import { put } from '../../fixtures/secrets/canaries.ts';
import { chunked } from '../../support/terminal-noise.ts';

function redacted(
	secrets: string[],
	chunks: readonly Uint8Array[],
	flushes = false,
): string {
	const stream = new RedactedStream(new Redaction(secrets));
	const output: Uint8Array[] = [];
	for (const chunk of chunks) {
		output.push(Uint8Array.from(stream.push(chunk)));
		if (flushes) output.push(stream.flush());
	}
	output.push(stream.flush());
	return Buffer.concat(output).toString('utf8');
}

const letters = fc.constantFrom('a', 'b', 'é', '中');
const secret = fc
	.array(letters, { minLength: 4, maxLength: 9 })
	.map((parts) => parts.join(''));
const secrets = fc.array(secret, { minLength: 1, maxLength: 4 });
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

describe('a redacted stream', () => {
	it('never lets a secret through, however the bytes are cut and flushed', {
		timeout: 240_000,
	}, () => {
		fc.assert(
			fc.property(
				secrets,
				fc.array(fc.oneof(letters, secret), { maxLength: 40 }),
				sizes,
				fc.boolean(),
				(list, parts, cuts, flushes) => {
					const text = [...parts, ...list].join('');
					const output = redacted(list, chunked(Buffer.from(text), cuts), flushes);
					for (const one of list) expect(output).not.toContain(one);
				},
			),
			{ numRuns: 300 },
		);
	});

	it('leaves everything else byte for byte', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), sizes, (some, cuts) => {
				const bytes = Buffer.from(some);
				const stream = new RedactedStream(
					new Redaction(['never-in-there', 'öö-öö-öö-öö']),
				);
				const output = chunked(bytes, cuts).map((chunk) =>
					Uint8Array.from(stream.push(chunk)),
				);
				output.push(Uint8Array.from(stream.flush()));
				const held = Buffer.concat(output);
				expect(held.length).toBe(bytes.length);
				expect(stream.waiting).toBe(0);
				expect(held.equals(bytes)).toBe(true);
			}),
		);
	});

	it('keeps the number of cells', () => {
		const chunks = [Buffer.from('key=中文é1! end')];
		expect(redacted(['中文é1!'], chunks)).toBe('key=******* end');
	});

	it('hides the part of a secret that a pause has let out, and the rest of it', () => {
		const stream = new RedactedStream(new Redaction(['0123456789']));
		const first = Buffer.from(stream.push(Buffer.from('a 01234'))).toString();
		const paused = Buffer.from(stream.flush()).toString();
		const rest = Buffer.from(stream.push(Buffer.from('56789 b'))).toString();
		expect([first, paused, rest]).toEqual(['a ', '*****', '***** b']);
	});

	it('holds back nothing that cannot be a secret', () => {
		const stream = new RedactedStream(new Redaction(['secret-1']));
		expect(Buffer.from(stream.push(Buffer.from('no secret!'))).toString()).toBe(
			'no secret!',
		);
		expect(stream.idle).toBe(true);
		stream.push(Buffer.from('secre'));
		expect(stream.waiting).toBe(5);
		expect(Buffer.from(stream.push(Buffer.from('t?'))).toString()).toBe('secret?');
	});

	it('takes the lines of a longer secret one by one and ignores what is too short', () => {
		const key = '-----BEGIN KEY-----\nAAAABBBB\nab\n-----END KEY-----\n';
		const chunks = [Buffer.from('x AAAABBBB\r\nab y')];
		expect(redacted([key, 'y'], chunks)).toBe('x ********\r\nab y');
	});
});

describe('a redacted stream sees through', () => {
	const known = 'hunter2-hunter2-hunter2';
	const token = put('sk-', 'ant', '-api03-0123456789abcdefghijklmnop');

	it('colours within a secret', () => {
		for (const secret of [known, token]) {
			const text = `a ${secret.slice(0, 9)}\x1b[1;31m${secret.slice(9)}\x1b[0m b`;
			const plain = redacted([known], [Buffer.from(text)]);
			expect(plain).toMatch(/^a \*{9}\x1b\[1;31m\*+\x1b\[0m b$/);
		}
	});

	it('line breaks of the program within one that it knows', () => {
		const text = `a ${known.slice(0, 9)}\x1b[K\r\n    ${known.slice(9)} b`;
		expect(redacted([known], [Buffer.from(text)])).toBe(
			`a ${'*'.repeat(9)}\x1b[K\r\n    ${'*'.repeat(known.length - 9)} b`,
		);
	});

	it('writes that are cut anywhere, with colours', () => {
		const bytes = Buffer.from(
			`a \x1b[32m${token.slice(0, 9)}\x1b[1m${token.slice(9)}\x1b[0m b\r\n`,
		);
		for (let cut = 1; cut < bytes.length; cut += 1) {
			const output = redacted([], [bytes.subarray(0, cut), bytes.subarray(cut)]);
			expect(output).not.toContain('0123456789abcdefghijklmnop');
			expect(output).toHaveLength(bytes.length);
		}
	});
});

describe('a redacted screen', () => {
	it('shows no secret, also where it wraps', () => {
		using emulator = new Emulator({ columns: 10, rows: 3 });
		emulator.write(Buffer.from('token: ghp_ABCDEFGH end'));
		const redaction = new Redaction(['ghp_ABCDEFGH']);
		expect(emulator.text()).toEqual(['token: ghp', '_ABCDEFGH', 'end']);
		expect(emulator.text(redaction)).toEqual(['token: ***', '*********', 'end']);
		expect(emulator.ansi(redaction).join('')).not.toContain('ABCD');
	});

	it('forgets the clusters of a secret', () => {
		using emulator = new Emulator({ columns: 20, rows: 1 });
		emulator.write(Buffer.from('ab👩‍💻cd'));
		expect(emulator.text(new Redaction(['ab👩‍💻cd']))).toEqual(['******']);
	});

	it('leaves no secret in a checkpoint', () => {
		using emulator = new Emulator({ columns: 10, rows: 2 });
		emulator.write(Buffer.from('ghp_ABCDEFGH\r\n\n\n\x1b[?1049hghp_ABCDEFGH'));
		const bytes = emulator.checkpoint(new Redaction(['ghp_ABCDEFGH']));
		using later = Emulator.fromCheckpoint(bytes ?? new Uint8Array());
		expect(later.text()).toEqual(['**********', '**']);
		expect(later.ring().length).toBeGreaterThan(0);
		later.write(Buffer.from('\x1b[?1049l'));
		const words = Buffer.from(bytes ?? new Uint8Array()).toString('utf16le');
		expect(words).not.toContain('g\u0040h\u0040');
	});
});

it('a line full of what looks like the beginning of a secret costs little more than words', () => {
	const cost = (text: string) => {
		const bytes = Buffer.from(text);
		const times = Array.from({ length: 3 }, () => {
			const stream = new RedactedStream(new Redaction(['hunter2hunter2']));
			const before = process.cpuUsage();
			stream.push(bytes);
			const { user, system } = process.cpuUsage(before);
			return (user + system) / 1000;
		});
		return Math.min(...times);
	};
	const words = Math.max(
		cost('what is read here has nothing to hide; '.repeat(1680)),
		0.3,
	);
	for (const begun of ['sk-', 'eyJ', 'KEY=', 'glpat-_'])
		expect(cost(begun.repeat(65_536 / begun.length)) / words).toBeLessThan(400);
});
