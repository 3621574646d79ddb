// What vitest's JSON report says of failures.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import * as z from 'zod';

const report = z.object({
	testResults: z.array(
		z.object({
			name: z.string(),
			status: z.string(),
			message: z.string(),
			assertionResults: z.array(
				z.object({
					fullName: z.string(),
					status: z.string(),
					failureMessages: z.array(z.string()),
				}),
			),
		}),
	),
});

/** A text for each test that failed, and for each file that could not be run. */
export function readFailures(path: string, root: string): string[] {
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch (error) {
		return [`vitest left no report: ${String(error)}`];
	}
	return report.parse(JSON.parse(text)).testResults.flatMap((file) => {
		const name = relative(root, file.name);
		const tests = file.assertionResults.filter(({ status }) => status === 'failed');
		if (tests.length === 0 && file.status === 'failed')
			return [`${name}: ${file.message}`];
		return tests.map(
			(test) => `${name} > ${test.fullName}\n${test.failureMessages.join('\n')}`,
		);
	});
}
