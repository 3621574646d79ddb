// What gates printed is read in a thread where it is long, and whoever waits for it does not wait for ever.
import { expect, test } from 'vitest';
import { OutputReader } from '../../../src/gates/output-reader.ts';
import { parseOutput } from '../../../src/gates/parsers/parse.ts';
import { redOutput } from '../../support/gate-output.ts';

const line = (at: number) => `src/file-${at % 700}.ts(${at},3): error TS2345: no ${at}\n`;
const long = redOutput(Array.from({ length: 40_000 }, (_, at) => line(at)).join(''));

test('a long output is read in a thread, as it would be read here', async () => {
	await using reader = new OutputReader();
	const short = redOutput(line(1));
	expect(await reader.read('auto', short)).toEqual(parseOutput('auto', short));
	expect(reader.busy).toBe(false);
	const [one, other] = [reader.read('auto', long), reader.read('tsc', long)];
	const [first, second] = await Promise.all([one, other]);
	expect(first).toEqual(parseOutput('auto', long));
	expect(second.format).toBe('tsc');
	expect(reader.busy).toBe(true);
});

test('what takes too long is ended, the last words are there, and the next one is read', async () => {
	await using reader = new OutputReader(1);
	const findings = await reader.read('auto', long);
	expect(findings).toMatchObject({ format: 'exit', parsed: false, whole: false });
	expect(findings.failures).toHaveLength(1);
	expect(reader.busy).toBe(false);
});

test('once it is closed no thread begins', async () => {
	const reader = new OutputReader();
	await reader[Symbol.asyncDispose]();
	expect((await reader.read('auto', long)).parsed).toBe(false);
	expect(reader.busy).toBe(false);
});
