// Program Status Protocol (OSC 7501) outwards: spoken only where the terminal answers the handshake.
import type { FleetStatus } from '../../domain/fleet-status.ts';

/** Asked with the other questions; whoever knows it answers with the same bytes. */
export const statusQuestion = '\x1b]7501;?\x1b\\';

export function statusSequence({ state, kind }: FleetStatus): string {
	return `\x1b]7501;state=${state}:app=weir${kind === null ? '' : `:kind=${kind}`}\x1b\\`;
}

/** The record is taken back when weir leaves. */
export const statusCleared = '\x1b]7501;state=clear:app=weir\x1b\\';
