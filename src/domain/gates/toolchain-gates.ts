// Gates of languages with one way to test, and of make.
import type { GateCandidate, TopFiles } from './detected-gate.ts';

/** What go.mod, Cargo.toml and a Makefile suggest. */
export function toolchainGates(files: TopFiles): readonly GateCandidate[] {
	return [...goGates(files), ...cargoGates(files), ...makeGates(files)];
}

const goLinters = ['.golangci.yml', '.golangci.yaml', '.golangci.toml', '.golangci.json'];

function goGates({ names }: TopFiles): readonly GateCandidate[] {
	if (!names.has('go.mod')) return [];
	const why = 'there is a go.mod';
	const gates: GateCandidate[] = [
		{ name: 'test', otherName: 'go-test', run: 'go test ./...', parse: 'go', why },
		{ name: 'vet', otherName: 'go-vet', run: 'go vet ./...', parse: 'go', why },
	];
	const linter = goLinters.find((name) => names.has(name));
	if (linter !== undefined)
		gates.push({
			name: 'lint',
			otherName: 'golangci',
			run: 'golangci-lint run',
			parse: 'problems',
			why: `there is a ${linter}`,
		});
	return gates;
}

function cargoGates({ texts, names }: TopFiles): readonly GateCandidate[] {
	const manifest = texts.get('Cargo.toml');
	if (manifest === undefined) return [];
	const all = /^\[workspace\]/m.test(manifest) ? ' --workspace' : '';
	const gates: GateCandidate[] = [
		{
			name: 'test',
			otherName: 'cargo-test',
			// Else nothing would be known of the targets after the first red one.
			run: `cargo test${all} --no-fail-fast`,
			parse: 'cargo',
			why: 'there is a Cargo.toml',
		},
	];
	const own = ['clippy.toml', '.clippy.toml'].find((name) => names.has(name));
	const lints = /^\[(?:workspace\.)?lints\.clippy\]/m.test(manifest);
	if (own !== undefined || lints)
		gates.push({
			name: 'lint',
			otherName: 'clippy',
			run: `cargo clippy${all} --all-targets`,
			parse: 'cargo',
			why: `${own ?? 'Cargo.toml'} configures clippy`,
		});
	return gates;
}

/** In the order in which make looks for them. */
const makefiles = ['GNUmakefile', 'makefile', 'Makefile'];
const targets = ['test', 'lint', 'check', 'build'];

function makeGates({ texts }: TopFiles): readonly GateCandidate[] {
	const file = makefiles.find((name) => texts.has(name));
	if (file === undefined) return [];
	const known = targetsOf(texts.get(file) ?? '');
	return targets
		.filter((target) => known.has(target))
		.map((target) => ({
			name: target,
			otherName: null,
			run: `make ${target}`,
			parse: 'auto',
			why: `${file} has the target ${target}`,
		}));
}

/** The words before the colon of a rule; `NAME := text` is none. */
function targetsOf(makefile: string): ReadonlySet<string> {
	const known = new Set<string>();
	for (const line of makefile.split('\n')) {
		const rule = /^([A-Za-z][^:=#\t]*):(?![:]?=)/.exec(line);
		for (const word of rule?.[1]?.trim().split(/\s+/) ?? []) known.add(word);
	}
	return known;
}
