// Modes of the user's terminal that follow the pane that is typed into: in which form keys are said, and
// whether the mouse is reported while no button is down. Taken back by `leaveSequence` on every way out.
import { PaneMode } from '../../protocol/rows.ts';
import { type MouseReporting, mouseSequence } from './terminal-modes.ts';

/** What the terminal knows beyond what all do. */
export interface KeyboardTraits {
	/** Kitty's keyboard protocol. */
	readonly keyboard: boolean;
	/** It told its name: terminals that do read `CSI > 4 m` as modifyOtherKeys, others as underlined. */
	readonly version: string | null;
}

/** The pane that is typed into. */
export interface TypedInto {
	/** `RowsPush.modes` of its last push. */
	readonly modes: number;
	readonly kittyFlags: number;
}

interface Modes {
	readonly kitty: number;
	readonly otherKeys: boolean;
	readonly keypad: boolean;
	readonly mouse: MouseReporting;
}

/** As `enterSequence` leaves them. */
const first: Modes = { kitty: 0, otherKeys: false, keypad: false, mouse: 'off' };

const otherKeys = PaneMode.someOtherKeys | PaneMode.allOtherKeys;
/** Disambiguated, with the shifted character: enough to say any key by modifyOtherKeys. */
const flagsForOtherKeys = 5;

export class OuterModes {
	readonly #traits: () => KeyboardTraits;
	readonly #send: (sequence: string) => boolean;
	#now: Modes = first;

	/** `send` says whether it took the sequence. */
	constructor(traits: () => KeyboardTraits, send: (sequence: string) => boolean) {
		this.#traits = traits;
		this.#send = send;
	}

	/** Flags of kitty's keyboard protocol that are set. */
	get kittyFlags(): number {
		return this.#now.kitty;
	}

	/** To be called after each change of the pane or of its modes; null while none is typed into. */
	follow(pane: TypedInto | null, mouse: boolean): void {
		const next = this.#wanted(pane, mouse);
		const sequence = changes(this.#now, next);
		// A terminal that takes nothing now is asked again with the next change.
		if (sequence === '' || this.#send(sequence)) this.#now = next;
	}

	/** The terminal was taken over anew, in the modes of the start. */
	forget(): void {
		this.#now = first;
	}

	#wanted(pane: TypedInto | null, mouse: boolean): Modes {
		const { keyboard, version } = this.#traits();
		const { modes, kittyFlags } = pane ?? { modes: 0, kittyFlags: 0 };
		const other = (modes & otherKeys) !== 0;
		const coded = kittyFlags !== 0 || other;
		const any = (modes & PaneMode.mouseAny) !== 0;
		return {
			kitty: keyboard ? kittyFlags || (other ? flagsForOtherKeys : 0) : 0,
			otherKeys: coded && !keyboard && version !== null,
			keypad: !coded && (modes & PaneMode.applicationKeypad) !== 0,
			mouse: mouse ? (any ? 'any' : 'drag') : 'off',
		};
	}
}

function changes(now: Modes, next: Modes): string {
	let sequence = '';
	// The entry of the stack that was pushed when the terminal was taken over.
	if (next.kitty !== now.kitty) sequence += `\x1b[=${next.kitty};1u`;
	if (next.otherKeys !== now.otherKeys)
		sequence += next.otherKeys ? '\x1b[>4;2m' : '\x1b[>4m';
	if (next.keypad !== now.keypad) sequence += next.keypad ? '\x1b=' : '\x1b>';
	if (next.mouse !== now.mouse) sequence += mouseSequence(next.mouse);
	return sequence;
}
