// How long it takes until something is on the screen, and until a pane is: with everything running
// before, and with only the program running, in weir's holder, whose supervisor is not there.
import type { Scenario } from '../scenario.ts';

// Printed in octal: the tool may show the command itself.
const mark = 'Ж';
const octal = '\\320\\226';
const limitMs = 20_000;

export const open = opening('open', 'opened', false);
export const openCold = opening('open-cold', 'opened, no server before', true);

function opening(id: string, title: string, cold: boolean): Scenario {
	return {
		...{ id, title, cold },
		panes: 1,
		unlimited: true,
		firstMark: mark,
		limitMs: 60_000,
		stage: () => ({
			panes: [{ name: 'mark', argv: ['sh', '-c', `printf '${octal}'; exec cat`] }],
			measure: async ({ outer }) => {
				const { byte, mark: shown } = await outer.first(limitMs);
				if (shown < 0) throw new Error('the pane never showed what its program printed');
				return { 'first byte ms': byte / 1e6, 'live pane ms': shown / 1e6 };
			},
		}),
	};
}
