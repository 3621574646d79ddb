// Reads a scene and tells each fault with the place in the file where it stands.
import { readFile } from 'node:fs/promises';
import { messageOf } from '../lib/error-words.ts';
import { nearestWord } from '../lib/nearest-word.ts';
import { type Outcome, refuse } from '../lib/outcome.ts';
import { type SchemaIssue, schemaWords } from '../lib/schema-words.ts';
import { parseYaml, type YamlPath } from '../lib/yaml.ts';
import { unknownPlaceholder } from './placeholders.ts';
import { type Scene, type Step, sceneSchema, stepKinds } from './scene.ts';

/** Steps of one scene, those inside branches and loops included. */
const maxSteps = 5000;
const maxLevels = 8;

interface Fault {
	readonly path: YamlPath;
	readonly message: string;
}

/** Refuses with `scene.unreadable`, `yaml.invalid` or `scene.invalid`. */
export async function readScene(file: string): Promise<Outcome<Scene>> {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		const why = messageOf(error);
		return refuse('scene.unreadable', `the scene cannot be read: ${why}`);
	}
	return parseScene(text, file);
}

export function parseScene(text: string, file: string): Outcome<Scene> {
	const yaml = parseYaml(text, file);
	if (!yaml.ok) return yaml;
	const checked = checkScene(yaml.value.value);
	if (checked.ok) return checked;
	const { line, column } = yaml.value.locate(checked.fault.path);
	return refuse(
		'scene.invalid',
		`${file}:${line}:${column}: ${checked.fault.message}`,
		'docs/scenes.md lists the steps',
	);
}

type Checked =
	| { readonly ok: true; readonly value: Scene }
	| { readonly ok: false; readonly fault: Fault };

/** The value as a scene, or the first thing that is wrong with it. */
export function checkScene(value: unknown): Checked {
	const parsed = sceneSchema.safeParse(value, { reportInput: true });
	if (!parsed.success) {
		const { issues } = parsed.error;
		// A missing key is often a misspelt one, so the unknown word is told first.
		const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
		return {
			ok: false,
			fault: issue ? faultOf(issue, []) : { path: [], message: 'is no scene' },
		};
	}
	const fault = faultOfSteps(parsed.data.steps, ['steps'], { left: maxSteps, level: 1 });
	return fault ? { ok: false, fault } : { ok: true, value: parsed.data };
}

function faultOf(issue: SchemaIssue, above: YamlPath): Fault {
	const path = [...above, ...issue.path.map(textOrNumber)];
	if (issue.code === 'unrecognized_keys' && issue.keys?.[0] !== undefined) {
		const key = issue.keys[0];
		return {
			path: [...path, key],
			message: `unknown key '${key}'${hint(key, [...path, key])}`,
		};
	}
	if (issue.code === 'invalid_union' && issue.errors) {
		// The form that was meant is the one whose outermost type fits.
		const meant = issue.errors.find(
			(issues) =>
				!issues.some(({ code, path: at }) => wrongType(code) && at.length === 0),
		);
		const inner = (meant ?? issue.errors[0])?.[0];
		if (inner) return faultOf(inner, path);
	}
	const name = path.at(-1);
	return { path, message: `${name ?? 'the scene'}: ${schemaWords(issue)}` };
}

function wrongType(code: string | undefined): boolean {
	return code === 'invalid_type';
}

function textOrNumber(part: PropertyKey): string | number {
	return typeof part === 'symbol' ? String(part) : part;
}

function hint(key: string, path: YamlPath): string {
	const inStep = typeof path.at(-2) === 'number';
	const words = inStep ? [...stepKinds, 'when'] : Object.keys(sceneSchema.shape);
	const near = path.length === 1 || inStep ? nearestWord(key, words) : undefined;
	return near ? `, did you mean '${near}'?` : '';
}

/** What the schema cannot say: one deed a step, bounded depth and number, known placeholders. */
function faultOfSteps(
	steps: readonly Step[],
	path: YamlPath,
	room: { left: number; level: number },
): Fault | undefined {
	if (room.level > maxLevels) {
		return { path, message: `steps nest more than ${maxLevels} levels deep` };
	}
	for (const [index, step] of steps.entries()) {
		const at = [...path, index];
		room.left -= 1;
		if (room.left < 0) return { path: at, message: `more than ${maxSteps} steps` };
		const deeds = stepKinds.filter((kind) => step[kind] !== undefined);
		if (deeds.length !== 1) {
			const found = deeds.length === 0 ? 'none' : deeds.join(' and ');
			return { path: at, message: `a step does exactly one thing, here it is ${found}` };
		}
		// What is written to a file may hold braces of its own.
		const strange = step.edit ? undefined : unknownPlaceholder(step);
		if (strange) return { path: at, message: `unknown placeholder ${strange}` };
		for (const [inner, below] of branchesOf(step)) {
			const fault = faultOfSteps(inner, [...at, ...below], {
				get left() {
					return room.left;
				},
				set left(left) {
					room.left = left;
				},
				level: room.level + 1,
			});
			if (fault) return fault;
		}
	}
	return undefined;
}

/** The lists of steps inside a step, with their paths. */
function* branchesOf(step: Step): Generator<readonly [readonly Step[], YamlPath]> {
	for (const [index, { do: inner }] of (step.ask?.answers ?? []).entries()) {
		yield [inner, ['ask', 'answers', index, 'do']];
	}
	if (step.ask?.otherwise) yield [step.ask.otherwise, ['ask', 'otherwise']];
	if (step.approve?.yes) yield [step.approve.yes, ['approve', 'yes']];
	if (step.approve?.no) yield [step.approve.no, ['approve', 'no']];
	if (step.run && 'argv' in step.run && step.run.otherwise) {
		yield [step.run.otherwise, ['run', 'otherwise']];
	}
	if (step.loop) yield [step.loop.do, ['loop', 'do']];
	const idle = step['wait-forever'];
	for (const [index, { do: inner }] of (idle?.replies ?? []).entries()) {
		yield [inner, ['wait-forever', 'replies', index, 'do']];
	}
	if (idle?.otherwise) yield [idle.otherwise, ['wait-forever', 'otherwise']];
}
