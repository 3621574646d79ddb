// A reporter: which tests were left out, and why. vitest's own says only how many.
export default class SkipReasons {
	#skipped = [];

	onTestCaseResult(test) {
		const result = test.result();
		if (result.state !== 'skipped') return;
		this.#skipped.push(`${test.fullName}: ${result.note ?? 'no reason given'}`);
	}

	onTestRunEnd() {
		for (const line of this.#skipped) console.log(`skipped  ${line}`);
	}
}
