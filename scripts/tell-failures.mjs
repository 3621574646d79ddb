// A reporter that tells each failure as it happens, also to a file: a round is long, and may be
// broken off. $SHAKEN_SEED and $SHAKEN_REPORT are set by shake.ts.
import { appendFileSync } from 'node:fs';

export default class TellFailures {
	onTestCaseResult(test) {
		const { errors = [] } = test.result();
		if (test.result().state === 'failed')
			tell(`${test.module.relativeModuleId} > ${test.fullName}`, errors);
	}

	onTestModuleEnd(module) {
		// A file that cannot be loaded has no tests that could fail.
		if (module.errors().length > 0) tell(module.relativeModuleId, module.errors());
	}

	onTestRunEnd(_modules, unhandled) {
		for (const error of unhandled) tell('outside of any test', [error]);
	}
}

function tell(what, errors) {
	const said = errors.map(({ stack, message }) => stack ?? message).join('\n');
	console.log(`seed ${process.env.SHAKEN_SEED}: ${what}\n${said}`);
	appendFileSync(process.env.SHAKEN_REPORT, `${JSON.stringify(what)}\n`);
}
