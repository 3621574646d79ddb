// An amount as people write it.

/** `7.50`, `$7.50`, `500k`, `2M`; null for what is no amount. */
export function amountIn(text: string): number | null {
	const [, digits, unit = ''] =
		/^\$?(\d+(?:\.\d+)?)\s*([kKmM]?)$/.exec(text.trim()) ?? [];
	if (digits === undefined) return null;
	const factor = { k: 1e3, m: 1e6 }[unit.toLowerCase()] ?? 1;
	const amount = Number(digits) * factor;
	return amount <= 1e12 ? amount : null;
}
