import { describe, expect, it } from 'vitest';
import { formatYaml } from '../../../src/lib/yaml.ts';
import { parseScene } from '../../../src/scenes/scene-file.ts';

function refusalOf(text: string): string {
	const parsed = parseScene(text, 's.yaml');
	if (parsed.ok) throw new Error('the scene was accepted');
	return parsed.refusal.message;
}

const withSteps = (steps: string) => `scene: x\nsteps:\n${steps}`;

describe('a scene file', () => {
	it('holds steps, branches and conditions', () => {
		const parsed = parseScene(
			withSteps(`  - say: hello
    when: {generation: {from: 2}}
  - ask:
      question: Which one?
      options: [a, b]
      answers:
        - match: ^a
          do:
            - run: [git, status]
      otherwise:
        - think: 3
  - loop: {times: 2, do: [{wait: 0.5}]}
  - wait-forever: {}
`),
			's.yaml',
		);
		if (!parsed.ok) throw new Error(parsed.refusal.message);
		expect(parsed.value.steps).toHaveLength(4);
		expect(parsed.value.steps[1]?.ask?.answers?.[0]?.do).toEqual([
			{ run: ['git', 'status'] },
		]);
	});

	it('tells a wrong word with its place and the word that was meant', () => {
		expect(refusalOf(withSteps('  - say: hi\n  - comit: now\n'))).toBe(
			"s.yaml:4:5: unknown key 'comit', did you mean 'commit'?",
		);
		expect(refusalOf('scene: x\nstepps: []\n')).toContain("did you mean 'steps'?");
	});

	it('tells a wrong value with its place', () => {
		expect(refusalOf(withSteps('  - say: 3\n'))).toMatch(
			/^s\.yaml:3:5: say: expected a text, not 3/,
		);
		expect(refusalOf(withSteps('  - think: {seconds: long}\n'))).toMatch(
			/^s\.yaml:3:13: seconds: /,
		);
		expect(refusalOf(withSteps('  - run: [git, 3]\n'))).toMatch(/^s\.yaml:3:16: /);
		expect(refusalOf('scene: x\n')).toMatch(/^s\.yaml:1:1: steps: /);
	});

	it('wants exactly one deed a step, in branches too', () => {
		expect(refusalOf(withSteps('  - say: a\n    think: 1\n'))).toBe(
			's.yaml:3:5: a step does exactly one thing, here it is say and think',
		);
		expect(refusalOf(withSteps('  - loop:\n      do:\n        - {}\n'))).toBe(
			's.yaml:5:11: a step does exactly one thing, here it is none',
		);
	});

	it('wants exactly one way to edit, to crash and to flood', () => {
		expect(refusalOf(withSteps('  - edit: {file: a}\n'))).toContain('exactly one of');
		expect(refusalOf(withSteps('  - crash: {exit: 1, signal: SIGSEGV}\n'))).toContain(
			'either exit or signal',
		);
		expect(refusalOf(withSteps('  - flood: {}\n'))).toContain('either megabytes');
	});

	it('refuses paths out of the folder and patterns that are none', () => {
		for (const path of ['/etc/passwd', '../x', 'a/../../x', '.git/config']) {
			const scene = { scene: 'x', steps: [{ edit: { file: path, content: '' } }] };
			expect(refusalOf(formatYaml(scene))).toContain('stays inside the folder');
		}
		expect(
			refusalOf(withSteps("  - wait-forever: {replies: [{match: '(', do: []}]}\n")),
		).toContain('no regular expression');
	});

	it('refuses unknown placeholders, except in what is written to a file', () => {
		expect(refusalOf(withSteps("  - say: 'I am {{nobody}}'\n"))).toContain('{{nobody}}');
		const template = { file: 'a.html', content: '<p>{{ user }}</p>' };
		const scene = { scene: 'x', steps: [{ edit: template }] };
		expect(parseScene(formatYaml(scene), 's.yaml').ok).toBe(true);
	});

	it('bounds depth and number of steps', () => {
		let deep = '- say: a';
		for (let level = 0; level < 9; level += 1) {
			deep = `- loop:\n    do:\n${deep.replaceAll(/^/gm, '      ')}`;
		}
		expect(refusalOf(withSteps(deep))).toContain('more than 8 levels');
		const many = Array.from({ length: 5001 }, () => '  - bell: true').join('\n');
		expect(refusalOf(withSteps(many))).toContain('more than 5000 steps');
	});
});
