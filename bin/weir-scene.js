#!/usr/bin/env node
// The scene player: a program that behaves as a file says, as an agent would.
import { onNewNode } from './node.js';

await onNewNode(import.meta.url, async (load) => {
	const { main } = await load('src', 'scenes', 'main.js');
	process.exitCode = await main(process.argv.slice(2));
});
