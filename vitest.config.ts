import { defineConfig } from 'vitest/config';

// An older Node fails hundreds of tests for its own reasons.
if (Number.parseInt(process.versions.node, 10) < 24)
	throw new Error(
		`the tests need Node 24, this is ${process.versions.node}: npm test brings it, or put node_modules/.bin first on PATH`,
	);

interface Sort {
	readonly include: readonly string[];
	/** For what hangs, not for what is slow: a loaded machine takes ten times as long as a quiet one. */
	readonly testTimeout: number;
	/** Files at once. Two cores are what these are measured on; more do not help what waits. */
	readonly maxWorkers: number;
	/** A process for each file, as what is tested keeps state of its own. */
	readonly isolate: boolean;
}

// The order is that of running, one after another: what is cheap fails first, and what waits for
// real programs does not share the cores with what computes.
const sorts: Readonly<Record<string, Sort>> = {
	// Pure, so files share their processes: a third of the time.
	unit: {
		include: ['tests/unit/**/*.test.ts', 'tests/architecture.test.ts'],
		testTimeout: 120_000,
		maxWorkers: 2,
		isolate: false,
	},
	// Rendered screens.
	screen: {
		include: ['tests/screen/**/*.test.{ts,tsx}'],
		testTimeout: 180_000,
		maxWorkers: 2,
		isolate: true,
	},
	// git, SQLite, ptys, files.
	world: {
		include: ['tests/world/**/*.test.ts'],
		testTimeout: 180_000,
		maxWorkers: 2,
		isolate: true,
	},
	// The built program.
	e2e: {
		include: ['tests/e2e/**/*.test.ts'],
		testTimeout: 240_000,
		maxWorkers: 2,
		isolate: true,
	},
};

export default defineConfig({
	test: {
		reporters: ['default', './scripts/skip-reasons.mjs'],
		projects: Object.entries(sorts).map(([name, sort], groupOrder) => ({
			test: {
				name,
				include: [...sort.include],
				testTimeout: sort.testTimeout,
				hookTimeout: sort.testTimeout,
				maxWorkers: sort.maxWorkers,
				isolate: sort.isolate,
				sequence: { groupOrder },
				pool: 'forks' as const,
				// The usual second is a bound on the machine, not on what is tested.
				expect: { poll: { timeout: sort.testTimeout / 2 } },
			},
		})),
	},
});
