// Plays commands against the pure core, as the supervisor's loop would.
import { builtInKinds } from '../../src/agents/registry.ts';
import type { Command, CommandOf, EffectOutcome } from '../../src/domain/command.ts';
import { decide } from '../../src/domain/decide.ts';
import { parseEvent, type WeirEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { AgentId } from '../../src/domain/ids.ts';
import { react } from '../../src/domain/react.ts';
import { defaultSettings, type Settings } from '../../src/domain/settings.ts';
import {
	type EffectKind,
	initialState,
	type PendingEffect,
	type PendingOf,
	type State,
} from '../../src/domain/state.ts';
import type { Refusal } from '../../src/lib/outcome.ts';

export class Core {
	state: State = initialState;
	readonly events: WeirEvent[] = [];
	/** Effects in the order in which they were asked for. */
	readonly asked: PendingEffect[] = [];
	now = Date.parse('2026-11-21T01:00:00.000Z');

	/** The refusal that the command meets, or null. */
	submit(command: Command): Refusal | null {
		this.now += 1000;
		const at = new Date(this.now).toISOString();
		const decision = decide(this.state, command, { now: at });
		if (!decision.ok) return decision.refusal;
		for (const fact of decision.value) {
			const seq = this.state.seq + 1;
			const stamp = { seq, at, actor: 'human', cause: `command:${command.kind}` };
			// Through JSON and the schema, as the journal does.
			const event = parseEvent({ ...stamp, ...JSON.parse(JSON.stringify(fact)) });
			this.state = evolve(this.state, event);
			this.events.push(event);
			this.asked.push(...react(this.state, event));
		}
		return null;
	}

	kinds(from = 0): string[] {
		return this.events.slice(from).map((event) => event.kind);
	}

	pending<K extends EffectKind>(kind: K): PendingOf<K> {
		const found = Object.values(this.state.effects).find(
			(effect) => effect.kind === kind,
		);
		if (!found) throw new Error(`no ${kind} is pending`);
		return found as PendingOf<K>;
	}

	settle<K extends EffectKind>(kind: K, outcome: EffectOutcome<K>): Refusal | null {
		const effect = this.pending(kind).id;
		return this.submit({
			kind: 'effect.settle',
			effectKind: kind,
			effect,
			outcome,
		} as unknown as Command);
	}

	agent(name: string) {
		const found = Object.values(this.state.agents).find((agent) => agent.name === name);
		if (!found) throw new Error(`no agent ${name}`);
		return found;
	}

	id(name: string): AgentId {
		return this.agent(name).id;
	}

	/** An agent that runs, from `agent.new` to `agent.started`. */
	running(name: string, more: Partial<CommandOf<'agent.new'>> = {}): AgentId {
		this.submit(newAgent(name, more));
		this.settle('worktree', { ok: true, value: {} });
		this.settle('spawn', started(100));
		return this.id(name);
	}

	exits(name: string, code: number | null, signal: string | null = null): void {
		this.#ends(name, { code, signal, cause: 'exit' });
	}

	/** Its holder or its machine is gone without telling how it ended. */
	loses(name: string): void {
		this.#ends(name, { code: null, signal: null, cause: 'lost' });
	}

	/** Trusted settings that differ from the defaults in this. */
	configure(settings: Partial<Settings>): void {
		this.submit({
			kind: 'settings.load',
			hash: 'h',
			trusted: true,
			settings: { ...defaultSettings, agents: builtInKinds, ...settings },
		});
	}

	#ends(
		name: string,
		end: Pick<CommandOf<'agent.exit'>, 'code' | 'signal' | 'cause'>,
	): void {
		const { id, generation } = this.agent(name);
		this.submit({ kind: 'agent.exit', agent: id, generation, ...end, survivors: [] });
	}
}

export function newAgent(name: string, more: Partial<CommandOf<'agent.new'>> = {}) {
	return {
		kind: 'agent.new' as const,
		name,
		agentKind: null,
		argv: ['bash'],
		base: { branch: 'main', commit: 'c0ffee' },
		root: '/trees',
		prompt: null,
		columns: 100,
		rows: 30,
		shell: '/bin/bash',
		usualKind: 'shell',
		...more,
	};
}

export function started(pid: number) {
	return {
		ok: true as const,
		value: { holder: 'h1', process: { pid, startTime: '1', bootId: 'b' } },
	};
}

export const mergeOf = (core: Core, name: string) => ({
	kind: 'merge' as const,
	agent: core.id(name),
	branch: 'main',
	strategy: null,
	message: null,
	include: 'committed' as const,
});

export const landed = {
	ok: true as const,
	value: {
		kind: 'landed' as const,
		old: 'aaaa',
		new: 'bbbb',
		tree: 'cccc',
		candidate: 'dddd',
		subject: 'api: add login',
		files: 2,
		checkout: 'none' as const,
	},
};

export const done = { ok: true as const, value: {} };

export function failed(message: string) {
	return { ok: false as const, refusal: { code: 'test.failed', message } };
}
