// Keys that mean something to the programs in panes: as leader or as a chord of typing they would be
// taken from them. Read from the default tables of Claude Code 2.1, Codex, Gemini CLI and opencode v1,
// from `bind -p` of bash 5.2 and from zsh's emacs map.

/** What a key means to agents and shells; null where it is free. */
export function takenBy(key: string): string | null {
	const known = taken[key];
	if (known !== undefined) return known;
	const letter = /^alt\+([a-z])$/i.exec(key)?.[1]?.toLowerCase();
	if (letter !== undefined)
		return freeWithAlt.includes(letter)
			? null
			: 'shells or agents edit their line by it; with Alt only e, i, j and k are free';
	return /^alt\+[0-9.,<>?!_#*&/]$/.test(key) ? 'shells edit their line by it' : null;
}

const freeWithAlt = 'eijk';

const line = 'it edits the line in agents and shells';
const agents = 'at least two of Claude, Codex, Gemini and opencode use it';

const taken: Readonly<Record<string, string>> = {
	'ctrl+a': 'it goes to the start of the line in agents and shells',
	'ctrl+b': 'Claude and Gemini send to the background by it, shells go left',
	'ctrl+c': 'it interrupts programs',
	'ctrl+d': 'it ends the input of programs',
	'ctrl+e': 'it goes to the end of the line in agents and shells',
	'ctrl+f': line,
	'ctrl+g': 'Claude, Codex and Gemini open an editor by it',
	'ctrl+h': 'some terminals send it for Backspace',
	'ctrl+j': agents,
	'ctrl+k': line,
	'ctrl+l': agents,
	'ctrl+n': line,
	'ctrl+o': agents,
	'ctrl+p': line,
	'ctrl+q': 'zsh puts a line aside by it',
	'ctrl+r': agents,
	'ctrl+s': agents,
	'ctrl+t': agents,
	'ctrl+u': line,
	'ctrl+v': agents,
	'ctrl+w': line,
	'ctrl+x': 'opencode and Claude begin chords by it',
	'ctrl+y': line,
	'ctrl+z': 'it suspends programs',
	'ctrl+]': 'Codex skips a question by it, vim goes to a tag',
	'ctrl+_': line,
	'alt+enter': 'agents begin a new line by it',
	'alt+backspace': line,
	'alt+space': line,
	'shift+tab': 'Claude changes its mode by it',
	f9: 'Gemini copies by it',
};
