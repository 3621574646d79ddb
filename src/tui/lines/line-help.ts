// What the prompt of the line mode tells of itself.

export const lineHelp: readonly string[] = [
	'where: the repository and how many agents need you.',
	'status: every agent in a sentence.',
	'next: the next agent that needs you, and what it shows.',
	'inbox: what needs you with every question, and its answers by number.',
	'read AGENT, read AGENT LINES: the last lines that it shows. older: the lines above.',
	'menu: agents by number, then what can be done. menu AGENT: what can be done with it.',
	'new NAME -- COMMAND: start an agent. send AGENT TEXT: type a line. keys AGENT KEY: press keys.',
	'diff AGENT, merge AGENT, undo, kill AGENT, respawn AGENT, remove AGENT.',
	'verbs: all verbs; each can be typed here. help VERB: how one is used.',
	'quit: leave; agents go on.',
];
