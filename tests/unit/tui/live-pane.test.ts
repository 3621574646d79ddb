import { closeSync, openSync } from 'node:fs';
import { expect, test } from 'vitest';
import { agentId } from '../../../src/domain/ids.ts';
import { Painter } from '../../../src/tui/paint/painter.ts';
import { LivePane } from '../../../src/tui/panes/live-pane.ts';

test('a tile that is placed again where it was has not changed its size', async () => {
	const fd = openSync('/dev/null', 'w');
	const ignore = () => undefined;
	const painter = new Painter({
		fd,
		columns: 80,
		rows: 24,
		onLost: ignore,
		onGone: ignore,
	});
	const pane = new LivePane(agentId(1), 1, painter, ignore);
	const area = { x: 1, y: 2, width: 78, height: 20 };
	const place = (width: number) =>
		pane.place({ ...area, width }, { columns: width, rows: area.height });
	// Whatever else changes places it anew, many times a second: its size must settle all the same.
	expect([place(78), place(78), place(60), place(60)]).toEqual([
		true,
		false,
		true,
		false,
	]);
	await painter[Symbol.asyncDispose]();
	closeSync(fd);
});
