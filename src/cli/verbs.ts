// The one table of verbs, of rows by what they are about: it parses, helps, completes and documents. A row
// does not lie beside what its verb does: every start reads all rows, and loads one verb.
import { agentVerbs } from './rows/agent-verbs.ts';
import { costVerbs } from './rows/cost-verbs.ts';
import { landingVerbs } from './rows/landing-verbs.ts';
import { machineVerbs } from './rows/machine-verbs.ts';
import { ownAgentVerb } from './rows/own-agent-verb.ts';
import { paneVerbs } from './rows/pane-verbs.ts';
import { questionVerbs } from './rows/question-verbs.ts';
import { sessionVerbs } from './rows/session-verbs.ts';
import { settingVerbs } from './rows/setting-verbs.ts';
import type { Verb } from './verb.ts';

/** In the order in which help tells of them. */
export const verbs: Readonly<Record<string, Verb>> = {
	...sessionVerbs,
	...agentVerbs,
	...paneVerbs,
	...questionVerbs,
	...landingVerbs,
	...costVerbs,
	...settingVerbs,
	...ownAgentVerb,
	...machineVerbs,
};

/** Verbs of features that this version does not have. */
export const laterVerbs: Readonly<Record<string, string>> = {
	comment: 'reviews',
	comments: 'reviews',
	plan: 'missions',
	mission: 'missions',
	mail: 'mail',
	memory: 'shared memory',
	replay: 'replay',
	export: 'replay',
};
