// Which of two versions of three numbers is older.

export function isOlder(version: string, than: string): boolean {
	const [ours, theirs] = [version, than].map((text) => text.split('.').map(Number));
	for (const [at, number] of (theirs ?? []).entries()) {
		const own = ours?.[at] ?? 0;
		if (own !== number) return own < number;
	}
	return false;
}
