import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../src/scenes/scene.ts';
import { isRunning } from '../../support/process-tree.ts';
import { type SceneOptions, SceneTerminal } from '../../support/scene-terminal.ts';

function play(steps: Scene['steps'] | Scene, options?: SceneOptions): SceneTerminal {
	return new SceneTerminal(steps, options);
}

describe('what a scene says', () => {
	it('is wrapped by words, and anew when the terminal changes its width', async () => {
		const words = 'alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo';
		await using pane = play([{ say: words }], { columns: 40, rows: 16 });
		await pane.shows(/alpha bravo charlie delta echo\n {2}foxtrot/);
		pane.resize(60, 16);
		await pane.until('the wider lines', () =>
			/echo foxtrot golf hotel india\n {2}juliett/.test(pane.screen()),
		);
		expect(pane.screen().match(/alpha/g)).toHaveLength(1);
	});

	it('keeps the box below the text, with the cursor in it', async () => {
		await using pane = play([{ say: 'hello' }], { columns: 60, rows: 16 });
		await pane.until('the idle prompt', () => pane.states().includes('done'));
		pane.type('ab');
		await pane.shows('│ ❯ ab');
		const rowOfBox = () =>
			pane
				.screen()
				.split('\n')
				.findIndex((line) => line.includes('❯ ab'));
		await expect.poll(() => pane.cursor()).toEqual({ row: rowOfBox(), column: 6 });
	});

	it('needs no box in a low pane', async () => {
		await using pane = play([{ say: 'hello' }, { think: 1000 }], {
			columns: 60,
			rows: 10,
		});
		await pane.shows('esc to interrupt');
		expect(pane.screen()).not.toContain('╭');
	});
});

describe('a question', () => {
	const steps: Scene['steps'] = [
		{
			ask: {
				question: 'Keep the old route?',
				options: ['keep', 'drop'],
				answers: [{ match: '^drop', do: [{ say: 'Away with it: {{answer}}.' }] }],
				otherwise: [{ say: 'It stays: {{answer}}.' }],
			},
		},
	];

	it('waits for a typed answer and plays its branch', async () => {
		await using pane = play(steps);
		await pane.shows('Keep the old route?');
		pane.type('drup\u007f\u007fop');
		await pane.shows('❯ drop');
		pane.type('\r');
		await pane.shows('Away with it: drop.');
		await expect.poll(() => pane.states()).toEqual(['blocked', 'working', 'done']);
		const message = Buffer.from('answer: Keep the old route? (keep · drop)');
		expect(pane.raw).toContain(`kind=question:msg=${message.toString('base64')}`);
	});

	it('takes the number of an option, and a pasted answer', async () => {
		await using numbered = play(steps);
		await numbered.shows('Keep the old route?');
		numbered.type('2\r');
		await numbered.shows('Away with it: drop.');
		await using pasted = play(steps);
		await pasted.shows('Keep the old route?');
		pasted.type('\u001b[200~as it is\u001b[201~\r');
		await pasted.shows('It stays: as it is.');
		expect(pasted.everything()).not.toContain('Away with it');
	});

	it('goes on by itself when its patience is over', async () => {
		await using pane = play([
			{ ask: { question: 'Well?', unanswered: { after: 5, answer: 'yes' } } },
			{ say: 'I take it as {{answer}}.' },
		]);
		await pane.shows('I take it as yes.');
		expect(pane.everything()).toContain('❯ (no answer) yes');
	});
});

describe('an approval', () => {
	const steps: Scene['steps'] = [
		{ run: ['sh', '-c', 'until [ -e ready ]; do sleep 0.05; done'] },
		{
			approve: {
				action: 'rm -rf dist',
				yes: [{ say: 'Doing it.' }],
				no: [{ say: 'Not.' }],
			},
		},
	];

	it('is one key, and not one typed before it was asked', async () => {
		await using pane = play(steps);
		await pane.shows('until [ -e ready ]');
		pane.type('y');
		await pane.shows('❯ y');
		pane.type('\u0015');
		await pane.until('the line to be empty', () => !pane.screen().includes('❯ y'));
		await writeFile(join(pane.cwd, 'ready'), '');
		await pane.shows('May I run rm -rf dist?');
		await expect.poll(() => pane.states()).toEqual(['working', 'blocked']);
		pane.type('n');
		await pane.shows('Not.');
		expect(pane.everything()).not.toContain('Doing it.');
		expect(pane.raw).toContain('kind=permission');
	});
});

describe('an interrupt', () => {
	const steps: Scene['steps'] = [
		{ think: { seconds: 80_000, about: 'Pondering' } },
		{ say: 'Thought through.' },
	];

	it('by Esc stops the step; skip leaves it out', async () => {
		await using pane = play(steps);
		await pane.shows('Pondering');
		pane.type('\u001b');
		await pane.shows('interrupted');
		await expect.poll(() => pane.states()).toEqual(['working', 'idle']);
		pane.type('skip\r');
		await pane.shows('Thought through.');
	});

	it('plays the step again on Enter', async () => {
		await using pane = play(steps);
		await pane.shows('Pondering');
		pane.type('\u0003');
		await pane.shows('interrupted');
		pane.type('\r');
		await pane.until('the step again', () =>
			/interrupted[\s\S]*Pondering/.test(pane.screen()),
		);
		await expect.poll(() => pane.states()).toEqual(['working', 'idle', 'working']);
	});

	it('and Ctrl-C again leave with 130', async () => {
		await using pane = play(steps);
		await pane.shows('Pondering');
		pane.type('\u0003');
		await pane.shows('interrupted');
		pane.type('\u0003');
		expect(await pane.ended).toEqual({ code: 130, signal: 0 });
		expect(pane.states().at(-1)).toBe('clear');
	});

	it('ends a running command with all it started', async () => {
		await using pane = play([{ run: ['sh', '-c', 'sleep 1000 & echo child $!; wait'] }]);
		await pane.shows(/child \d+/);
		const child = Number(/child (\d+)/.exec(pane.screen())?.[1]);
		pane.type('\u001b');
		await pane.shows('interrupted');
		await expect.poll(() => isRunning(child)).toBe(false);
	});
});

describe('the prompt at the end', () => {
	it('answers what is typed, also what was typed ahead', async () => {
		await using pane = play([
			{ think: { seconds: 20, about: 'Busy' } },
			{
				'wait-forever': {
					replies: [{ match: '^tests?$', do: [{ say: 'They pass.' }] }],
				},
			},
		]);
		await pane.shows('Busy');
		pane.type('test\r');
		await pane.shows('They pass.');
		pane.type('make me a sandwich\r');
		await pane.shows(/scripted one|script\.|play a scene/);
		expect(pane.everything()).toMatch(/❯ test\n\n∙ They pass\./);
	});

	it('ends with 0 on Ctrl-D, with 130 on Ctrl-C twice, and not while a line is typed', async () => {
		await using first = play([]);
		await first.until('the prompt', () => first.states().includes('done'));
		first.type('\u0004');
		expect(await first.ended).toEqual({ code: 0, signal: 0 });
		await using second = play([]);
		await second.until('the prompt', () => second.states().includes('done'));
		second.type('x\u0003');
		await second.until('the empty line', () => !second.screen().includes('❯ x'));
		second.type('\u0003');
		await second.shows('Ctrl-C again leaves');
		second.type('\u0003');
		expect(await second.ended).toEqual({ code: 130, signal: 0 });
	});

	it('reports done until somebody looks', async () => {
		await using pane = play([{ think: 1 }]);
		await expect.poll(() => pane.states()).toEqual(['working', 'done']);
		pane.type('h');
		await expect.poll(() => pane.states()).toEqual(['working', 'done', 'idle']);
	});

	it('is left out with --exit-at-end', async () => {
		await using pane = play([{ say: 'bye' }], { flags: ['--exit-at-end'] });
		expect(await pane.ended).toEqual({ code: 0, signal: 0 });
		expect(pane.screen()).toContain('bye');
	});
});

describe('real work', () => {
	it('shows an edit as a diff and writes the file', async () => {
		await using pane = play([
			{ edit: { file: 'a/b.txt', content: 'one\ntwo\n' } },
			{ edit: { file: 'a/b.txt', replace: { find: 'two', with: 'zwei' } } },
			{ edit: { file: 'a/b.txt', replace: { find: 'two', with: 'zwei' } } },
			{ say: 'Written.' },
		]);
		await pane.shows('Written.');
		expect(await readFile(join(pane.cwd, 'a/b.txt'), 'utf8')).toBe('one\nzwei\n');
		expect(pane.everything()).toMatch(/Edit a\/b\.txt \+1 −1/);
		expect(pane.everything()).toContain('2 - two');
		expect(pane.everything()).toContain('already as it should be');
	});

	it('fails the scene when a command ends otherwise than foreseen', async () => {
		await using pane = play([
			{ run: { argv: ['sh', '-c', 'exit 3'], expect: 'fail' } },
			{ run: ['sh', '-c', 'echo oh; exit 4'] },
		]);
		expect(await pane.ended).toEqual({ code: 1, signal: 0 });
		expect(pane.screen()).toContain("sh -c 'echo oh; exit 4' failed (exit 4)");
		expect(pane.states().at(-1)).toBe('error');
	});

	it('runs the Node that plays the scene, and tells a command that is not there', async () => {
		await using pane = play(
			[
				{ run: ['node', '-p', '"node is " + process.execPath'] },
				{
					run: {
						argv: ['no-such-command-here'],
						otherwise: [{ say: 'Without it, then.' }],
					},
				},
			],
			{ columns: 140 },
		);
		await pane.shows('Without it, then.');
		expect(pane.everything()).toContain(`node is ${process.execPath}`);
	});

	it('lets no control sequence of a command reach the terminal', async () => {
		await using pane = play([
			{ run: ['printf', String.raw`\033[2Jred \033]0;title\007\033[31mtext\r\b\n`] },
			{ say: 'Done.' },
		]);
		await pane.shows('Done.');
		expect(pane.everything()).toContain('│ red text');
		expect(pane.raw).not.toContain('\u001b]0;title');
	});
});
