// What the flags and the environment say of how the panes are shown.
import type { Appearance, Call, Flag } from './verb.ts';

/** Flags of the verbs that open the panes. */
export const appearanceFlags: Readonly<Record<string, Flag>> = {
	'no-color': {
		type: 'boolean',
		help: 'no colours, in panes neither (as NO_COLOR=1)',
	},
	ascii: { type: 'boolean', help: 'borders and signs in ASCII' },
	a11y: { type: 'boolean', help: 'lines for a screen reader (as ACCESSIBLE=1)' },
	'reduced-motion': {
		type: 'boolean',
		help: 'nothing moves or blinks by itself (as WEIR_REDUCED_MOTION=1)',
	},
};

export function appearanceOf({ on, environment }: Call): Appearance {
	return {
		// https://no-color.org: set, and not empty.
		colours: !on('no-color') && !environment.NO_COLOR,
		ascii: on('ascii'),
		still: on('reduced-motion') || isOn(environment.WEIR_REDUCED_MOTION),
		lines:
			on('a11y') || isOn(environment.ACCESSIBLE) || isOn(environment.INK_SCREEN_READER),
	};
}

function isOn(variable: string | undefined): boolean {
	return variable !== undefined && !['', '0', 'false', 'no', 'off'].includes(variable);
}
