import { expect, test } from 'vitest';
import { loadRules } from '../../../src/agents/rule-files.ts';
import { isBlocked, judge, noEvidence } from '../../../src/domain/agent-state.ts';
import { readScreen, readTitle } from '../../../src/domain/screen-rules.ts';
import type { StateWord } from '../../../src/domain/state-words.ts';
import { readCorpus, type Sample } from '../../support/corpus.ts';

const rules = await loadRules({ XDG_CONFIG_HOME: '/nowhere', HOME: '/nowhere' });
const samples = readCorpus();

const long =
	'Red as the evening sky above the sea when all ships have come home and nobody is out there any longer';
const planned = ['yes, with all its edits', 'no'];
const copilotPlans = [
	'Accept plan and continue in Autopilot execution mode (recommended)',
	'Accept plan and continue in Interactive execution mode (Manual Approval for this session; future defaults unchanged)',
	'Exit to Interactive execution mode without running the plan (Manual Approval for this session; future defaults unchanged)',
];
const plannedOn = ['yes, with all its edits', 'no, it plans on'];

/** What weir shows for a sample, by its screen alone or by all that its program says. */
function shown(sample: Sample, by: 'screen' | 'all'): StateWord {
	const own = rules.of(sample.program);
	const { word } = readScreen(own, { lines: sample.lines, hash: '' });
	const said =
		by === 'screen'
			? {}
			: {
					status: sample.status && { ...sample.status, message: null },
					title: sample.title === null ? null : readTitle(own, sample.title),
					progress: sample.progress,
				};
	return judge({ ...noEvidence, active: false, screen: word, ...said }).state;
}

test.each(['screen', 'all'] as const)(
	'a prompt never looks like work or rest, by %s',
	(by) => {
		const wrong = samples
			.filter(({ state }) => isBlocked(state))
			.map((sample) => ({ file: sample.file, shown: shown(sample, by) }))
			.filter((one) => !isBlocked(one.shown));
		expect(wrong).toEqual([]);
	},
);

test.each(['screen', 'all'] as const)(
	'what is no prompt is not taken for one, by %s',
	(by) => {
		const wrong = samples
			.filter(({ state }) => !isBlocked(state))
			.map((sample) => ({ file: sample.file, shown: shown(sample, by) }))
			.filter((one) => isBlocked(one.shown));
		expect(wrong).toEqual([]);
	},
);

test('with all that a program says, no state but the right one or none is shown', () => {
	const wrong = samples
		.map(({ file, state, ...sample }) => ({
			file,
			state,
			shown: shown({ file, state, ...sample }, 'all'),
		}))
		.filter((one) => one.shown !== one.state && one.shown !== 'unknown');
	expect(wrong).toEqual([]);
});

test('a permission that is asked for in a dialog says what for and can be answered in place', () => {
	// That of opencode is answered by its plugin: what is selected in its dialog shows by colour alone.
	const asked = samples.filter(
		({ file, program }) =>
			/permission-(?!coming|refused)/.test(file) && program !== 'opencode',
	);
	const read = asked.map(({ file, program, lines }) => {
		const { prompt } = readScreen(rules.of(program), { lines, hash: 'h' });
		return { file, via: prompt?.via.kind, detail: (prompt?.detail ?? '').trim() !== '' };
	});
	expect(read.filter(({ via, detail }) => via !== 'screen' || !detail)).toEqual([]);
	expect(read.length).toBeGreaterThan(10);
});

test.each([
	['codex/0.169.0/100x30/question.txt', ['Red (Recommended)', 'Blue']],
	['codex/0.169.0/80x24/question.txt', ['Red (Recommended)', 'Blue']],
	['codex/0.169.0/200x50/question.txt', ['Red (Recommended)', 'Blue']],
	['gemini/0.61.0/100x30/question.txt', ['Red', 'Blue']],
	['gemini/0.61.0/120x36/question-first.txt', ['Red', 'Blue']],
	['gemini/0.61.0/80x24/question-in-part.txt', [long, 'Blue', 'Green']],
	['gemini/0.61.0/80x24/question-many.txt', []],
	['gemini/0.61.0/80x24/question-text.txt', []],
	['gemini/0.61.0/100x30/plan.txt', ['yes, and it asks before each edit', ...planned]],
	['qwen/0.24.4/80x24/question.txt', ['Red', 'Blue']],
	['qwen/0.24.4/100x30/question-first.txt', ['Red', 'Blue']],
	['qwen/0.24.4/80x24/question-wrapped.txt', [long, 'Blue', 'Green', 'Grey']],
	['qwen/0.24.4/80x24/question-many.txt', []],
	['qwen/0.24.4/80x24/plan.txt', ['yes, and it asks as before', ...plannedOn]],
	['qwen/0.24.4/100x30/answers.txt', ['send them', 'answer nothing']],
	[
		'copilot/1.0.102/80x24/form-wrapped.txt',
		[`${long} at all`, 'Blue', 'Green as grass'],
	],
	['copilot/1.0.102/80x24/form-given.txt', ['Red', 'Blue', 'Green']],
	['copilot/1.0.102/100x30/plan.txt', copilotPlans],
	['copilot/1.0.102/80x24/form-many.txt', []],
	['copilot/1.0.102/80x24/form-text.txt', []],
	['copilot/1.0.102/80x24/form-in-part.txt', []],
])('of what %s asks weir offers what can be taken from elsewhere', (file, labels) => {
	const sample = samples.find((one) => one.file === file);
	expect(sample).toBeDefined();
	const { program = '', lines = [] } = sample ?? {};
	const { prompt } = readScreen(rules.of(program), { lines, hash: 'h' });
	expect(prompt?.choices.map(({ label }) => label)).toEqual(labels);
	expect(prompt?.via.kind).toBe(labels.length > 0 ? 'screen' : 'pane');
});

test('a plan of Codex is answered in place, and told from another by what it says', () => {
	const [sample] = samples.filter(({ file }) => /codex.*\/plan\.txt$/.test(file));
	const lines = sample?.lines ?? [];
	const promptOf = (text: readonly string[]) =>
		readScreen(rules.of('codex'), { lines: text, hash: 'h' }).prompt;
	expect(promptOf(lines)).toMatchObject({
		wants: 'approval',
		text: 'Implement this plan?',
		choices: [{ key: 'y' }, { key: 'n' }],
		via: { kind: 'screen' },
	});
	expect(promptOf(lines)?.detail).toMatch(/^\s*# Say so\n\s*Say that it is done\./);
	// One for whose heading there is no room.
	const long = lines.slice(lines.findIndex((line) => /Proposed Plan/.test(line)) + 1);
	expect(promptOf(long)?.detail).toContain('Say that it is done.');
	expect(promptOf(long)?.via.kind).toBe('screen');
});

test('each state of each version has its precision and recall', () => {
	const rows = [
		...new Set(samples.map(({ program, version }) => `${program} ${version}`)),
	];
	const table = rows.flatMap((name) => {
		const own = samples.filter((one) => `${one.program} ${one.version}` === name);
		return [...new Set(own.map(({ state }) => state))].toSorted().map((state) => ({
			program: name,
			state,
			samples: own.filter((one) => one.state === state).length,
			...figures(own, state, 'screen'),
			...figures(own, state, 'all'),
		}));
	});
	console.table(table);
	expect(rows.length).toBeGreaterThan(10);
});

function figures(own: readonly Sample[], state: StateWord, by: 'screen' | 'all') {
	const claimed = own.filter((one) => shown(one, by) === state);
	const right = claimed.filter((one) => one.state === state).length;
	const there = own.filter((one) => one.state === state).length;
	const precision = claimed.length === 0 ? '-' : (right / claimed.length).toFixed(2);
	return {
		[`precision (${by})`]: precision,
		[`recall (${by})`]: (right / there).toFixed(2),
	};
}
