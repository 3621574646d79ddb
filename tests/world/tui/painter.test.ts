import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PaneMode } from '../../../src/protocol/rows.ts';
import { drawLine } from '../../../src/tui/chrome/chrome-lines.ts';
import { Painter } from '../../../src/tui/paint/painter.ts';
import { GridTerminal } from '../../support/grid-terminal.ts';
import { makeScratch } from '../../support/scratch.ts';

const place = { pane: 1, x: 1, y: 1, width: 10, height: 2 };

describe('a painter', () => {
	it('brings chrome and panes to its descriptor', async () => {
		await using scene = openScene();
		scene.chrome('┌──────────┐', '│          │', '│          │', '└──────────┘');
		scene.painter.compositor.arrange([place]);
		await scene.program.write('hello');
		scene.painter.push(scene.program.push(1));
		await scene.until((lines) => lines[1] === '│hello     │');
		expect(await scene.lines()).toEqual([
			'┌──────────┐',
			'│hello     │',
			'│          │',
			'└──────────┘',
		]);
	});

	it('asks for a full set when a push is missing', async () => {
		await using scene = openScene();
		scene.painter.push({ ...scene.program.push(1), full: false });
		expect(scene.lost).toEqual([1]);
	});

	it('shows a program that never ends its update after a while', async () => {
		await using scene = openScene();
		scene.painter.compositor.arrange([place]);
		scene.painter.push(scene.program.push(1));
		await scene.program.write('late');
		scene.painter.push({ ...scene.program.push(1), modes: PaneMode.synchronized });
		await scene.until((lines) => lines[1] === ' late');
		expect(scene.lost).toEqual([]);
	});

	it('turns spinners without being asked', async () => {
		await using scene = openScene();
		scene.chrome('*');
		const frames = ['a', 'b', 'c'];
		scene.painter.compositor.spinners([{ x: 0, y: 0, sign: '*', frames }]);
		scene.painter.changed();
		const seen = new Set<string>();
		await scene.until(([line = '']) => {
			seen.add(line);
			return frames.every((frame) => seen.has(frame));
		});
		expect([...seen]).toEqual(expect.arrayContaining(frames));
	});

	it('sends control sequences between frames, not within', async () => {
		await using scene = openScene();
		scene.painter.send('\x1b]2;title\x1b\\');
		scene.chrome('x');
		await scene.until((lines) => lines[0] === 'x');
		const [before = '', after = ''] = scene.bytes().split('\x1b]2;title\x1b\\');
		for (const part of [before, after])
			expect(part.split('\x1b[?2026h')).toHaveLength(part.split('\x1b[?2026l').length);
	});

	it('leaves the terminal as it is until what is held is released', async () => {
		await using scene = openScene();
		scene.chrome('one');
		await scene.until((lines) => lines[0] === 'one');
		scene.painter.hold();
		scene.painter.resize(12, 3);
		scene.painter.paintNow();
		scene.chrome('two');
		scene.painter.paintNow();
		expect((await scene.lines())[0]).toBe('one');
		scene.painter.release();
		await scene.until((lines) => lines[0] === 'two');
	});

	it('writes nothing while another program has the terminal, and all of it afterwards', async () => {
		await using scene = openScene();
		scene.chrome('one');
		await scene.until((lines) => lines[0] === 'one');
		scene.painter.suspend();
		const size = scene.bytes().length;
		scene.chrome('two');
		await new Promise((later) => setTimeout(later, 60));
		expect(scene.bytes()).toHaveLength(size);
		scene.painter.resume();
		await scene.until((lines) => lines[0] === 'two');
		expect(scene.bytes().slice(size)).toContain('\x1b[2J');
	});
});

function openScene() {
	const path = join(makeScratch(), 'terminal');
	const fd = openSync(path, 'w');
	const lost: number[] = [];
	const painter = new Painter({
		fd,
		columns: 12,
		rows: 4,
		onLost: (pane) => lost.push(pane),
		onGone: (error) => {
			throw error;
		},
	});
	const program = new GridTerminal(10, 2);
	const scene = {
		painter,
		program,
		lost,
		bytes: () => readFileSync(path, 'utf8'),
		chrome(...lines: string[]) {
			for (const [y, line] of lines.entries())
				drawLine(painter.compositor.chrome, y, line);
			painter.compositor.chromeChanged(lines.keys());
			painter.changed();
		},
		async lines(): Promise<string[]> {
			using terminal = new GridTerminal(12, 4);
			await terminal.write(readFileSync(path));
			return Array.from({ length: 4 }, (_, y) =>
				(terminal.terminal.buffer.active.getLine(y)?.translateToString() ?? '').trimEnd(),
			);
		},
		async until(met: (lines: string[]) => boolean): Promise<void> {
			while (!met(await scene.lines()))
				await new Promise((later) => setTimeout(later, 5));
		},
		async [Symbol.asyncDispose]() {
			await painter[Symbol.asyncDispose]();
			program[Symbol.dispose]();
			closeSync(fd);
		},
	};
	return scene;
}
