/** Waits for all jobs before it fails with the first that did: nothing of a try runs on into the next. */
export async function allOf(jobs: readonly Promise<unknown>[]): Promise<void> {
	const ended = await Promise.allSettled(jobs);
	for (const one of ended) if (one.status === 'rejected') throw one.reason;
}
