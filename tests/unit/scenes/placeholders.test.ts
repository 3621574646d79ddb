import { expect, it } from 'vitest';
import { fill } from '../../../src/scenes/placeholders.ts';

const values = { scene: 'api', generation: '2', seed: '7', answer: 'curl' };

it('fills every text of a body', () => {
	expect(fill({ argv: ['echo', '{{scene}}/{{ generation }}'], show: 3 }, values)).toEqual(
		{
			argv: ['echo', 'api/2'],
			show: 3,
		},
	);
	expect(fill('seed {{seed}}', values)).toBe('seed 7');
});

it('leaves inner steps and unknown names as they are', () => {
	const body = { question: '{{scene}}?', otherwise: [{ say: '{{answer}}' }] };
	expect(fill(body, values)).toEqual({
		question: 'api?',
		otherwise: [{ say: '{{answer}}' }],
	});
	expect(fill('{{user}}', values)).toBe('{{user}}');
});
