#!/usr/bin/env node
// Picks a door, nothing else: the command line, and from there the panes.
import { onNewNode } from './node.js';

await onNewNode(import.meta.url, async (load) => {
	const { main } = await load('src', 'cli', 'main.js');
	const result = await main(process.argv.slice(2));
	if (result.door === 'keymap') {
		const { runKeymap } = await load('src', 'tui', 'keys', 'run-keymap.js');
		process.exitCode = await runKeymap(result.options);
		return;
	}
	if (result.door === 'agent') {
		const { runAgent } = await load('src', 'agent', 'main.js');
		process.exitCode = await runAgent(result.options);
		return;
	}
	if (result.door === 'mcp') {
		const { runMcp } = await load('src', 'mcp', 'main.js');
		process.exitCode = await runMcp(result.options);
		return;
	}
	if (result.door !== 'tui') {
		process.exitCode = result.code;
		return;
	}
	try {
		const { runTui } = await load('layouts', 'main.js');
		process.exitCode = await runTui(result.options);
	} finally {
		// Also when the terminal was lost: a demo leaves nothing behind.
		await result.close?.();
	}
});
