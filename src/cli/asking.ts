// Who asks: a person, or an agent about itself.
import type { Call } from './verb.ts';

/** Whether an agent says it, in its pane. */
export function isOfAgent({ environment }: Pick<Call, 'environment'>): boolean {
	return Boolean(environment.WEIR_SOCKET && environment.WEIR_TOKEN);
}
