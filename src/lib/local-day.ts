/** The day of a moment by the clock on the wall, as `2026-11-22`. */
export function localDay(at: string | number): string {
	const date = new Date(at);
	const two = (number: number) => String(number).padStart(2, '0');
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
