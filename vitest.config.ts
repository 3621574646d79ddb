import { defineConfig } from 'vitest/config';

// unit: pure; world: git, SQLite, ptys, files; screen: rendered screens; e2e: the built program.
const project = (name: string, include: string[], testTimeout: number) => ({
	test: { name, include, testTimeout, hookTimeout: testTimeout, pool: 'forks' as const },
});

export default defineConfig({
	test: {
		projects: [
			project('unit', ['tests/unit/**/*.test.ts', 'tests/architecture.test.ts'], 10_000),
			project('world', ['tests/world/**/*.test.ts'], 60_000),
			project('screen', ['tests/screen/**/*.test.{ts,tsx}'], 60_000),
			project('e2e', ['tests/e2e/**/*.test.ts'], 240_000),
		],
	},
});
