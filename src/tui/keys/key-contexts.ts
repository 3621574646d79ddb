// Where keys mean something: the panes, or the dialog that lies open. Files that bind keys name them
// like this.
export const keyContexts = {
	nav: 'Panes',
	type: 'Typing into a pane',
	copy: 'Copy mode',
	search: 'Searching in copy mode',
	text: 'Reading (diff)',
	help: 'Keys',
	merge: 'Merge card',
	conflict: 'Conflict',
	loss: 'Kill or remove',
	undo: 'Undo',
	revert: 'Undo by a revert',
	paste: 'Risky paste',
	quit: 'Quit',
	'quit-demo': 'Leaving the demo',
	palette: 'Commands',
	jump: 'Jump by name',
	filter: 'Choosing the agents to be seen',
	layouts: 'Layouts',
	'save-layout': 'Saving a layout',
	themes: 'Themes',
	links: 'Links',
	swap: 'Swap',
	new: 'New agent',
	edit: 'Writing a message',
} as const;
export type KeyContext = keyof typeof keyContexts;
