// How long ago, in as few cells as tell it.

/**
 * `<1m`, `4m`, `3h`, `2d`; times in the future count as now. No seconds: thirty agents that count
 * them redraw the chrome once a second and tell nobody anything.
 */
export function ageOf(since: string, now: number): string {
	const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
	if (!Number.isFinite(seconds)) return '';
	if (seconds < 60) return '<1m';
	if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
	if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
	return `${Math.floor(seconds / 86_400)}d`;
}

export function sizeOf(bytes: number): string {
	const units = ['B', 'kB', 'MB', 'GB', 'TB'];
	let size = bytes;
	let unit = 0;
	while (size >= 1000 && unit < units.length - 1) {
		size /= 1000;
		unit += 1;
	}
	return `${size >= 10 || unit === 0 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}
