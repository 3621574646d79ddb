// Words that name keys by what they do: `{agent.respawn} respawns it` is said with the key that is
// bound to it where the words are read.
import type { KeyContext } from './key-contexts.ts';
import type { Keymap } from './keymap.ts';
import { actionNames, keyLabel, keysOf } from './keys.ts';

/** Braces around anything else stay as they are. */
export function withKeys(text: string, keymap: Keymap, context: KeyContext): string {
	return text.replaceAll(/\{([a-z.-]+)\}/g, (all, name: string) => {
		if (name === 'leader') return keyLabel(keymap.leader);
		return actionNames.has(name) ? keyFor(name, keymap, context) : all;
	});
}

/** An action without a key is found in the list of commands by its name. */
function keyFor(action: string, keymap: Keymap, context: KeyContext): string {
	const [here] = keysOf(keymap, context, action);
	if (here !== undefined) return keyLabel(here);
	const [inPanes] = keysOf(keymap, 'nav', action);
	const lead = context === 'type' ? `${keyLabel(keymap.leader)} ` : '';
	if (inPanes !== undefined) return lead + keyLabel(inPanes);
	const [commands] = keysOf(keymap, 'nav', 'palette.open');
	return commands === undefined ? action : `${lead}${keyLabel(commands)} ${action}`;
}
