// Any number of further agents: each adds one module for a subject of the library, with its test,
// in files that no other agent touches. The seed varies how they go about it.
import { Random } from '../random.ts';
import type { Scene, Step } from '../scene.ts';

interface Subject {
	readonly slug: string;
	readonly label: string;
	/** Class marks of the Dewey Decimal Classification, first and last. */
	readonly first: number;
	readonly last: number;
}

/** The agent number `index` (from 0) among those of the subjects. */
export function subjectScene(index: number, seed: number): Scene {
	const subject = subjectAt(index);
	const random = new Random(`${subject.slug}/${seed}`);
	const { slug, label } = subject;
	const test = `tests/subject-${slug}.test.ts`;
	const runTest = ['node', '--test', '--test-isolation=none', test];
	const source: Step = {
		edit: { file: `src/subjects/${slug}.ts`, content: sourceOf(subject) },
	};
	const testFirst = random.next() < 0.5;
	const withPage = random.next() < 0.5;
	const talkative = random.next() < 0.4;
	const steps: Step[] = [
		{ title: `class marks of ${label.toLowerCase()}` },
		{
			say: `${random.pick(openings)} **${label}** (${subject.first} to ${subject.last}).`,
		},
		{ think: { seconds: random.between(4, 12), about: random.pick(readings) } },
	];
	if (talkative) {
		steps.push(
			{ run: { argv: ['git', '--no-pager', 'log', '--oneline', '-3'], show: 3 } },
			{ say: random.pick(remarks) },
		);
	}
	const testStep: Step = { edit: { file: test, content: testOf(subject) } };
	if (testFirst) {
		steps.push(testStep, {
			run: { argv: runTest, expect: 'fail', keep: '^[✔✖]|(pass|fail) \\d' },
			when: { generation: 1 },
		});
		steps.push(
			{ think: { seconds: random.between(3, 9), about: 'Writing the module' } },
			source,
		);
	} else {
		steps.push(source, {
			think: { seconds: random.between(3, 9), about: 'Writing a test' },
		});
		steps.push(testStep);
	}
	steps.push({ run: { argv: runTest, keep: '^[✔✖]|(pass|fail) \\d' } });
	if (withPage) {
		steps.push(
			{ commit: `Know the class marks of ${label.toLowerCase()}` },
			{ think: { seconds: random.between(3, 8), about: 'Writing the page' } },
			{ edit: { file: `docs/subjects/${slug}.md`, content: pageOf(subject) } },
		);
	}
	steps.push(
		{ think: { seconds: random.between(2, 8), about: random.pick(checks) } },
		{ run: ['node', 'scripts/lint.ts'] },
		{
			commit: withPage
				? `Describe the subject ${label.toLowerCase()}`
				: `Know the class marks of ${label.toLowerCase()}`,
		},
		{
			say: `${random.pick(endings)} \`src/subjects/${slug}.ts\` and its test are committed.`,
		},
	);
	return {
		scene: slug,
		app: 'weir-demo',
		seed: random.between(1, 1_000_000),
		resume: random.pick(resumptions),
		steps,
	};
}

function subjectAt(index: number): Subject {
	const [slug, label, first, last] = subjects[index % subjects.length] ?? subjects[0];
	const round = Math.floor(index / subjects.length);
	if (round === 0) return { slug, label, first, last };
	return { slug: `${slug}-${round + 1}`, label: `${label} ${round + 1}`, first, last };
}

function sourceOf({ slug, label, first, last }: Subject): string {
	return `/** ${label}: class marks ${first} to ${last} of the Dewey Decimal Classification. */
export const subject = {
  slug: '${slug}',
  label: '${label}',
  first: ${first},
  last: ${last},
} as const;

export function belongs(classMark: number): boolean {
  return Math.floor(classMark) >= subject.first && Math.floor(classMark) <= subject.last;
}
`;
}

function testOf({ slug, label, first, last }: Subject): string {
	return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { belongs, subject } from '../src/subjects/${slug}.ts';

test('${label} has its class marks', () => {
  assert.equal(belongs(subject.first), true);
  assert.equal(belongs(${last}.9), true);
  assert.equal(belongs(${first - 1}), false);
  assert.equal(belongs(${last + 1}), false);
});
`;
}

function pageOf({ label, slug, first, last }: Subject): string {
	return `# ${label}

Class marks ${first} to ${last}. The rule stands in \`src/subjects/${slug}.ts\`.
`;
}

const openings = [
	'The next subject on my list is',
	'I take over the subject',
	'This branch gives the shelf the subject',
	'My task is a module for',
] as const;

const readings = [
	'Reading src/shelf.ts',
	'Looking how the other modules are laid out',
	'Reading docs/design.md',
	'Looking up the class marks',
] as const;

const remarks = [
	'A short history, good. I follow the style of the last commits.',
	'Nobody works on this subject yet, so I start from nothing.',
	'The modules are small here. Mine stays small too.',
] as const;

const checks = [
	'Looking over the diff',
	'Checking the edges',
	'Reading it once more',
] as const;

const endings = ['That is it.', 'Done and green.', 'Finished.'] as const;

const resumptions = [
	'I was interrupted. I check what is there and carry on.',
	'A new run: I go through the steps again, what is done stays as it is.',
] as const;

const subjects = [
	['history', 'History', 930, 999],
	['geography', 'Geography and travel', 910, 919],
	['poetry', 'Poetry and plays', 811, 812],
	['mathematics', 'Mathematics', 510, 519],
	['astronomy', 'Astronomy', 520, 529],
	['physics', 'Physics', 530, 539],
	['chemistry', 'Chemistry', 540, 549],
	['geology', 'Earth sciences', 550, 559],
	['fossils', 'Fossils', 560, 569],
	['biology', 'Biology', 570, 579],
	['plants', 'Plants', 580, 589],
	['animals', 'Animals', 590, 599],
	['medicine', 'Medicine', 610, 619],
	['engineering', 'Engineering', 620, 629],
	['farming', 'Farming', 630, 639],
	['cooking', 'Home and cooking', 640, 649],
	['business', 'Business', 650, 659],
	['crafts', 'Crafts', 680, 689],
	['buildings', 'Building', 690, 699],
	['landscape', 'Landscape', 710, 719],
	['architecture', 'Architecture', 720, 729],
	['sculpture', 'Sculpture', 730, 739],
	['drawing', 'Drawing', 740, 749],
	['painting', 'Painting', 750, 759],
	['prints', 'Prints', 760, 769],
	['photography', 'Photography', 770, 779],
	['music', 'Music', 780, 789],
	['games', 'Games and sports', 790, 799],
	['philosophy', 'Philosophy', 100, 149],
	['logic', 'Logic', 160, 169],
	['ethics', 'Ethics', 170, 179],
	['law', 'Law', 340, 349],
	['education', 'Education', 370, 379],
	['folklore', 'Customs and folklore', 390, 399],
	['languages', 'Languages', 400, 499],
	['computing', 'Computing', 3, 6],
] as const;
