/** What an effect comes to whose agent is gone by the time it is performed. */
export const noAgent = {
	ok: false,
	refusal: { code: 'agent.unknown', message: 'the agent is gone' },
} as const;
