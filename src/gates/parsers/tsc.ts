// What TypeScript's compiler prints, plain or pretty.
import type { Parser } from './reading.ts';

const plain = /^(\S[^(]*)\((\d{1,9}),(\d{1,9})\): (error|warning) (TS\d+): (.*)$/;
const pretty =
	/^(\S[^:]*|[A-Za-z]:[\\/][^:]*):(\d{1,9}):(\d{1,9}) - (error|warning) (TS\d+): (.*)$/;
/** What concerns no file: options, inputs that were not found. */
const whole = /^error (TS\d+): (.*)$/;

/** Reads its errors: where there are none, it prints nothing. */
export const readTsc: Parser = ({ lines }, found) => {
	let known = false;
	for (const line of lines) {
		const match = plain.exec(line) ?? pretty.exec(line);
		const options = match ? null : whole.exec(line);
		if (match) {
			const [, file, row, column, level, name, message = ''] = match;
			const warning = level === 'warning';
			found.add({ kind: 'problem', file, line: row, column, name, message, warning });
		} else if (options)
			found.add({ kind: 'problem', name: options[1], message: options[2] ?? '' });
		known ||= match !== null || options !== null;
	}
	return known ? { counts: null, closed: null } : null;
};
