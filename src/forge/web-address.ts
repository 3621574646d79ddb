// What the address of a remote tells of the site behind it. Never shown with what logs in.

export interface RemotePlace {
	readonly host: string;
	readonly owner: string;
	readonly name: string;
}

/** Of `https://HOST/OWNER/NAME.git`, `ssh://git@HOST/OWNER/NAME` and `git@HOST:OWNER/NAME`. */
export function placeOf(address: string): RemotePlace | null {
	const found =
		/^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(address) ??
		/^(?:[^@/:]+@)?([^/:]+):(?!\/\/)(.+)$/.exec(address);
	const [, host, path] = found ?? [];
	const parts = path
		?.replace(/\.git\/?$/, '')
		.split('/')
		.filter(Boolean);
	if (!host || parts?.length !== 2 || ![host, ...parts].every(isPlain)) return null;
	const [owner = '', name = ''] = parts;
	return { host, owner, name };
}

function isPlain(word: string): boolean {
	return /^[\w.-]+$/.test(word);
}

/** Where a person opens a pull request by hand; null where that is not known of the site. */
export function pageToOpen(
	place: RemotePlace | null,
	{ base, branch }: { readonly base: string; readonly branch: string },
): string | null {
	if (!place || !/(?:^|\.)github\./.test(place.host)) return null;
	const { host, owner, name } = place;
	const [from, to] = [base, branch].map((word) =>
		word.split('/').map(encodeURIComponent).join('/'),
	);
	return `https://${host}/${owner}/${name}/compare/${from}...${to}?expand=1`;
}
