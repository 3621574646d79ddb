// A number and its noun.

/** `1 agent`, `3 agents`; `many` where the plural takes more than an s. */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
