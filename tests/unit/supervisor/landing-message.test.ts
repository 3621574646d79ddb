// What a landing's message says.
import { expect, test } from 'vitest';
import { isMessageTemplate } from '../../../src/domain/message-template.ts';
import { landingMessage } from '../../../src/supervisor/landing-message.ts';

const commits = [{ subject: 'Add b' }, { subject: 'Add a' }];

test('one commit speaks for itself, several are listed, none is the work of its agent', () => {
	expect(landingMessage('api', [{ subject: 'Add a' }], null)).toBe('Add a');
	expect(landingMessage('api', commits, null)).toBe('api: Add b\n\n- Add a\n- Add b');
	expect(landingMessage('api', [], null)).toBe('Work of api');
});

test('of many the first fifty are listed', () => {
	const many = Array.from({ length: 60 }, (_, at) => ({ subject: `Add ${at}` }));
	const lines = landingMessage('api', many, null).split('\n');
	expect(lines).toHaveLength(53);
	expect(lines.at(-1)).toBe('- and 10 more');
});

test('a template says it in its own words', () => {
	const said = landingMessage('api', commits, '[{agent}] {subject}\n\n{commits}\n');
	expect(said).toBe('[api] Add b\n\n- Add a\n- Add b');
	expect(landingMessage('api', commits, 'land: {message}')).toBe(
		'land: api: Add b\n\n- Add a\n- Add b',
	);
});

test('what a commit says is no template', () => {
	const sly = [{ subject: '{commits} $& {agent}' }];
	expect(landingMessage('api', sly, '{subject}')).toBe('{commits} $& {agent}');
});

test('a template that comes to nothing has no word', () => {
	expect(landingMessage('api', [{ subject: '' }], '{subject}')).toBe('api: \n\n- ');
});

test.each([
	['{agent}: {subject}', true],
	['plain', true],
	['{}', false],
	['{author}', false],
])('%j can be filled: %s', (text, known) => {
	expect(isMessageTemplate(text)).toBe(known);
});
