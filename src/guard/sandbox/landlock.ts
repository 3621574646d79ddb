// A plan as far as Landlock can hold it: it allows, below folders, and cannot take back.
import { isBelow, type Place } from './plan.ts';

export interface LandlockPlan {
	/** Below these all may be written. */
	readonly allowed: readonly string[];
	/** What the plan takes out of a folder that it opens, and that can be written all the same. */
	readonly loose: number;
}

/** What programs write to without being asked: no file lies there. */
const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty', 'shm'];

/** By these programs make terminals of their own, and reach those of everybody else. */
const allTerminals = ['ptmx', 'pts'];

export function landlockPlan(
	places: readonly Place[],
	{ terminals = false }: { readonly terminals?: boolean } = {},
): LandlockPlan {
	const named = terminals ? [...devices, ...allTerminals] : devices;
	const writable = places
		.filter(({ kind }) => kind === 'writable')
		.map(({ path, from = path }) => from);
	const loose = places.filter(
		({ kind, path }) =>
			kind === 'read-only' &&
			writable.some((folder) => folder === path || isBelow(path, folder)),
	);
	return {
		allowed: [...named.map((name) => `/dev/${name}`), ...writable],
		loose: loose.length,
	};
}
