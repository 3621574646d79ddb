// What a terminal really sends for a key in the form that all of them know: some keys arrive as others,
// some not at all.

/** What is to be known about a key that does not arrive as itself; null where it does. */
export function whyNotSent(key: string): string | null {
	const same = arrivesAs(key);
	if (same !== null) return `terminals send ${key} as ${same}`;
	if (/(?:^|\+)super\+/.test(key)) return 'terminals keep keys with Super for themselves';
	if (key === 'alt+[' || key === 'alt+O')
		return `${key} is how keys such as the arrows begin: it arrives late or as something else`;
	const name = key.replace(/^(?:ctrl\+)?(?:alt\+)?(?:shift\+)?/, '');
	const plain = ['enter', 'tab', 'backspace', 'escape', 'space'].includes(name);
	const modified = plain && /(?:^|\+)(?:ctrl|shift)\+/.test(key);
	return modified && !['shift+tab', 'ctrl+space', 'ctrl+alt+space'].includes(key)
		? `most terminals send ${key} as ${name} alone`
		: null;
}

function arrivesAs(key: string): string | null {
	if (!key.startsWith('ctrl+')) return null;
	const alt = key.startsWith('ctrl+alt+') ? 'alt+' : '';
	const rest = key.slice('ctrl+'.length + alt.length);
	if (rest.startsWith('shift+') && rest.length === 'shift+x'.length)
		return `ctrl+${alt}${rest.slice('shift+'.length)}`;
	const twin = twins[rest];
	if (twin !== undefined) return alt + twin;
	const odd = rest.length === 1 && !/[a-z\\\]^_]/.test(rest);
	return odd ? `${alt}${rest}, or nothing` : null;
}

// A control character is its letter less 0x40: these letters are keys of their own.
const twins: Readonly<Record<string, string>> = {
	i: 'tab',
	m: 'enter',
	'[': 'escape',
	'/': 'ctrl+_',
	'?': 'backspace',
};
