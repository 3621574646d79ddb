import { expect, it } from 'vitest';
import { StatusReport, statusSequence } from '../../../src/page/status-report.ts';

it('writes a record of the Program Status Protocol, free text as base64', () => {
	const record = {
		state: 'blocked',
		kind: 'question',
		message: 'answer: ja: oder nein?',
	} as const;
	const message = Buffer.from(record.message).toString('base64');
	expect(statusSequence(record, 'my app')).toBe(
		`\u001b]7501;state=blocked:app=my-app:kind=question:msg=${message}\u001b\\`,
	);
	expect(statusSequence({ state: 'working', id: 'sub', progress: 40 }, 'x')).toBe(
		'\u001b]7501;state=working:app=x:id=sub:progress=40\u001b\\',
	);
});

it('reports a state once, and by itself only where it may', () => {
	const written: string[] = [];
	const automatic = new StatusReport('x', true, (text) => written.push(text));
	automatic.observe({ state: 'working' });
	automatic.observe({ state: 'working' });
	automatic.observe({ state: 'done' });
	expect(written).toHaveLength(2);
	const manual = new StatusReport('x', false, (text) => written.push(text));
	manual.observe({ state: 'working' });
	expect(written).toHaveLength(2);
	manual.send({ state: 'error' });
	expect(written).toHaveLength(3);
});

it('lets no control byte into a title', () => {
	const written: string[] = [];
	new StatusReport('x', true, (text) => written.push(text)).title('a\u001b]0;b\u0007c');
	expect(written).toEqual(['\u001b]2;a ]0;b c\u001b\\']);
});
