// Every attempt of the table under one way of being held, a test each, and the table of what caught it.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getuid } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WeirEvent } from '../../src/domain/event.ts';
import type { Prevention } from '../../src/domain/guard.ts';
import { lawfulDeeds } from '../fixtures/attacks/lawful.ts';
import { type Attempt, attempts, type Layer, layers } from '../fixtures/attacks/table.ts';
import { AttackGround, type Landing } from './attack-ground.ts';
import { requires } from './requires.ts';
import type { Answer } from './runner-link.ts';
import { tryTerminal } from './tried-terminal.ts';

interface Outcome {
	readonly name: string;
	readonly layer: Layer;
	readonly milliseconds: number | null;
	readonly landing: string;
}

/** What was seen of one attempt. */
interface Seen {
	readonly answer: Answer;
	/** What is otherwise than before, in words. */
	readonly changed: readonly string[];
	readonly landing: Landing;
	/** When it was told, where it was. */
	readonly told: WeirEvent | null;
}

export function attackSuite(prevention: Prevention): void {
	describe(`attacks, held by ${prevention}`, () => {
		const ground = new AttackGround();
		const outcomes: Outcome[] = [];
		let missing: string | null = null;

		beforeAll(async () => {
			await ground.open({
				prevention,
				targets: attempts.map(targetOf),
				before: attempts.flatMap((attempt) =>
					attempt.before ? [{ run: attempt.before, target: targetOf(attempt) }] : [],
				),
			});
			const { guard } = ground.agent;
			if (guard?.prevention !== prevention)
				missing = `${prevention} holds no agent here: ${guard?.reason ?? 'it was not tried'}`;
		});
		afterAll(async () => {
			if (outcomes.length > 0) console.log(tableOf(prevention, outcomes));
			await ground.close();
		});

		test.for(lawfulDeeds)('may: $name', async (deed, context) => {
			if (missing !== null) context.skip(missing);
			const but = deed.but?.[prevention];
			if (but !== undefined) context.skip(but);
			for (const program of deed.needs ?? []) requires(context, program);
			const before = ground.look();
			const answer = await ground.run(deed.run, 'docs/guide.md');
			const changed = ground.changedSince(before);
			await ground.putBack(before, changed);
			expect(answer).toMatchObject({ code: 0 });
			expect(changed).toEqual([]);
		});

		test('may: all of that, and nothing of it is told as a trespass', async ({
			skip,
		}) => {
			if (missing !== null) skip(missing);
			// Beside a file of the scope, so that it is told after all that was held back there.
			const last = 'notes/last.txt';
			writeFileSync(join(ground.agent.worktree, last), 'last\n');
			await ground.heard(0, (event) => tells(event, new Set([last])));
			rmSync(join(ground.agent.worktree, last));
			const told = ground.events.flatMap((event) =>
				event.kind === 'trespass.found' ? event.data.paths.map(({ path }) => path) : [],
			);
			expect(told).toEqual([last]);
		});

		test('may: be interrupted, resized, stopped and brought back at its terminal', async ({
			skip,
		}) => {
			if (missing !== null) skip(missing);
			expect(await tryTerminal(ground.weir)).toBe('idle again');
		});

		test.for(attempts)('$name', async (attempt, context) => {
			if (missing !== null) context.skip(missing);
			for (const program of attempt.needs ?? []) requires(context, program);
			const layer = layerOf(attempt, prevention);
			const target = targetOf(attempt);
			const before = ground.look();
			const heard = ground.events.length;
			const answer = await ground.run(attempt.run, target);
			if (attempt.outlives) await ground.endAgent();
			if (attempt.later) await sleep(attempt.later);
			const told = await tellingOf(ground, attempt, layer, heard);
			const changed = ground.changedSince(before);
			const landing = await ground.land('agent');
			const beside = attempt.victim ? await ground.land('other') : null;
			await ground.putBack(before, changed);
			if (attempt.outlives) await ground.startAgent();
			const seen = { answer, changed, landing, told };
			expect(landing.outside, 'what landed outside the scope').toEqual([]);
			expect(beside?.outside ?? [], 'what landed by the other agent').toEqual([]);
			expect(ground.canary, 'weir ran what an agent wrote').toBe(false);
			const faults = faultsOf(attempt, layer, seen);
			expect(faults.length === 0 ? [] : [...faults, said(seen)]).toEqual([]);
			outcomes.push({
				name: attempt.name,
				layer,
				milliseconds: timeOf(layer, seen),
				landing: landing.outcomes.join(', '),
			});
		});
	});
}

/** Of the table; where only root can try it at all, what others meet. */
function layerOf({ by, privileged }: Attempt, prevention: Prevention): Layer {
	const layer = by[prevention];
	const root = getuid?.() === 0;
	return privileged && !root && layer !== 'prevention' ? 'system' : layer;
}

function targetOf({ name }: Attempt): string {
	const word = name.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-');
	return `docs/${word.replace(/^-|-$/g, '').toLowerCase()}.md`;
}

/** Waits for the word of the layer, where it is one that speaks. */
async function tellingOf(
	ground: AttackGround,
	attempt: Attempt,
	layer: Layer,
	from: number,
): Promise<WeirEvent | null> {
	if (layer === 'alarm')
		return ground.heard(from, (event) => isAlarm(event, attempt.alarm));
	if (layer !== 'detection') return null;
	const paths = new Set(attempt.tells ?? [targetOf(attempt)]);
	return ground.heard(from, (event) => tells(event, paths));
}

function isAlarm(event: WeirEvent, of: string | undefined): boolean {
	if (event.kind === 'journal.changed.by-others') return of === 'journal';
	return (
		(event.kind === 'base.moved.by-others' || event.kind === 'ref.moved.by-others') &&
		of !== undefined &&
		event.data.ref.startsWith(of)
	);
}

function tells(event: WeirEvent, paths: ReadonlySet<string>): boolean {
	return (
		event.kind === 'trespass.found' &&
		event.data.paths.some(({ path }) => paths.has(path))
	);
}

/** Why the layer did not catch it, a sentence each. */
function faultsOf(attempt: Attempt, layer: Layer, seen: Seen): string[] {
	const { answer, changed, landing, told } = seen;
	const faults: string[] = [];
	const unchanged = () => {
		if (changed.length > 0) faults.push(`it changed ${changed.join(', ')}`);
	};
	const refusedOf = (codes: RegExp) => {
		if (!landing.outcomes.some((outcome) => codes.test(outcome)))
			faults.push(`landing said ${landing.outcomes.join(', ')}`);
	};
	switch (layer) {
		case 'prevention':
			unchanged();
			if (answer.code === 0 && !attempt.silent && !attempt.later)
				faults.push('it was not refused');
			break;
		case 'clone':
		case 'system':
		case 'ending':
			unchanged();
			break;
		case 'detection':
			if (!told) faults.push('nothing was told');
			if (changed.length > 0 && !attempt.hidden) refusedOf(/^scope\./);
			break;
		case 'refusal':
			refusedOf(/^(scope|merge\.submodule|submodule)/);
			break;
		case 'publish':
			refusedOf(/^(worktree|publish)\./);
			break;
		case 'identity':
			unchanged();
			if (answer.code === 0) faults.push('it was let in');
			if (attempt.says && !attempt.says.test(answer.said))
				faults.push('it was refused for another reason');
			break;
		case 'alarm':
			if (!told) faults.push('no alarm');
			break;
		case 'nothing':
			if (answer.code !== 0) faults.push('it was refused all the same');
			break;
	}
	return faults;
}

function timeOf(layer: Layer, { answer, landing, told }: Seen): number | null {
	if (layer === 'detection' || layer === 'alarm')
		return told ? Math.max(0, Date.parse(told.at) - answer.began) : null;
	if (layer === 'refusal' || layer === 'publish') return landing.milliseconds;
	return layer === 'prevention' || layer === 'identity'
		? answer.ended - answer.began
		: null;
}

function said({ answer, changed, landing, told }: Seen): string {
	return JSON.stringify({ ...answer, changed, landing, told });
}

function tableOf(prevention: Prevention, outcomes: readonly Outcome[]): string {
	const width = Math.max(...outcomes.map(({ name }) => name.length));
	const rows = outcomes.map(({ name, layer, milliseconds, landing }) => {
		const time = milliseconds === null ? '' : `${Math.round(milliseconds)} ms`;
		return `  ${name.padEnd(width)}  ${layer.padEnd(10)}  ${time.padStart(8)}  ${landing}`;
	});
	const counts = Object.keys(layers)
		.map(
			(layer) => [layer, outcomes.filter((one) => one.layer === layer).length] as const,
		)
		.filter(([, count]) => count > 0)
		.map(([layer, count]) => `${layer} ${count}`);
	return [
		`${outcomes.length} attempts, held by ${prevention}: ${counts.join(', ')}`,
		`  ${'attempt'.padEnd(width)}  ${'caught by'.padEnd(10)}  ${'in'.padStart(8)}  landing`,
		...rows,
	].join('\n');
}
