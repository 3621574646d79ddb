// Of an agent's worktree: with which commit it is compared, by which rules, and what stands outside.
import type { AgentId } from '../domain/ids.ts';
import { acceptedPaths, acceptStrays, hasAccepted } from '../git/accepted-strays.ts';
import {
	type CommitRules,
	readCommitRules,
	readOwnExcludes,
} from '../git/ignore-rules.ts';
import { broughtIn, listStrays } from '../git/strays.ts';
import type { Worktree } from '../git/worktree.ts';
import { KnownCommit, type Rules, Verdicts } from '../guard/watch/verdict.ts';
import type { OutsidePath, WatchOrder } from '../guard/watch/watch-messages.ts';
import { digest } from '../lib/digest.ts';
import type { Loop } from './loop.ts';
import { worktreeOf } from './worktree-effects.ts';
import { standingOf } from './worktree-look.ts';
import type { World } from './world.ts';

/** Of the last commits that were compared with. */
const referencesKept = 8;

interface Reference {
	readonly from: string;
	/** Its name, together with what the worktree leaves out. */
	readonly commit: string;
	readonly rules: CommitRules;
	readonly known: KnownCommit;
}

export interface FoundStrays {
	readonly paths: readonly OutsidePath[];
	/** New files among them that may be part of a save. */
	readonly beside: readonly string[];
	/** Its work begins at another commit than the last time. */
	readonly moved: boolean;
}

export class Strays {
	readonly #loop: Loop;
	readonly #world: World;
	/** Where the work of each agent begins, as far as is known. */
	readonly #begins = new Map<AgentId, string>();
	readonly #accepting = new Map<AgentId, Promise<void>>();
	readonly #references = new Map<string, Reference>();

	constructor(loop: Loop, world: World) {
		this.#loop = loop;
		this.#world = world;
	}

	/** What the watch has to know of it; null where there is no worktree. */
	async orderOf(
		id: AgentId,
	): Promise<{ readonly order: WatchOrder; readonly reference: CommitRules } | null> {
		const worktree = await this.#worktreeOf(id);
		if (!worktree) return null;
		const { from, commit, rules: reference } = await this.#referenceOf(id, worktree);
		const agent = this.#loop.state.agents[id];
		const rules = this.#rulesOf(id);
		if (!agent || !rules) return null;
		this.#begins.set(id, from);
		const told = agent.trespasses?.paths.map(({ path }) => path) ?? [];
		const accepted = await acceptedPaths(worktree);
		return { order: { root: worktree.path, rules, commit, told, accepted }, reference };
	}

	/** What stands outside now; null where that cannot be seen at present. */
	async find(id: AgentId): Promise<FoundStrays | null> {
		const agent = this.#loop.state.agents[id];
		const standing = agent && (await standingOf(this.#world, this.#loop, agent));
		if (!standing?.ok) return null;
		const { from } = standing.value;
		const moved = this.#begins.get(id) !== from;
		this.#begins.set(id, from);
		const found = await this.compare(id);
		return found && { ...found, moved };
	}

	/** As `find`, by where its work began when that was last looked at. */
	async compare(id: AgentId): Promise<{
		readonly commit: string;
		readonly paths: readonly OutsidePath[];
		readonly beside: readonly string[];
	} | null> {
		const agent = this.#loop.state.agents[id];
		const worktree = await this.#worktreeOf(id);
		const rules = this.#rulesOf(id);
		if (!agent || !worktree || !rules) return null;
		const { from, known, rules: reference } = await this.#referenceOf(id, worktree);
		const verdicts = new Verdicts(rules, known);
		const brought = await broughtIn(worktree, from);
		const files = await listStrays(worktree, {
			from,
			others: [agent.base.commit, ...(brought === null ? [] : [brought])],
			excludes: [...reference.ignored, ...rules.noise],
			isOutside: (path) => verdicts.isOutside(path),
		});
		const paths = files.map(({ path, kind }) => ({
			path,
			how: kind === 'added' ? ('created' as const) : kind,
		}));
		const isBeside = ({ path, how }: OutsidePath) =>
			how === 'created' && path !== '.git' && verdicts.isBeside(path);
		const beside = paths.filter(isBeside).map(({ path }) => path);
		return { commit: brought ?? from, paths, beside };
	}

	/** What set-up has left is no trespass; once, before the first program that follows it. */
	acceptSetup(id: AgentId): Promise<void> {
		const running = this.#accepting.get(id) ?? this.#accept(id);
		this.#accepting.set(id, running);
		return running.finally(() => this.#accepting.delete(id));
	}

	async #accept(id: AgentId): Promise<void> {
		const worktree = await this.#worktreeOf(id);
		if (!worktree || (await hasAccepted(worktree))) return;
		const found = await this.compare(id);
		const told = new Set(
			this.#loop.state.agents[id]?.trespasses?.paths.map(({ path }) => path),
		);
		const paths = found?.paths.map(({ path }) => path) ?? [];
		await acceptStrays(
			worktree,
			paths.filter((path) => !told.has(path)),
		);
	}

	forget(id: AgentId): void {
		this.#begins.delete(id);
	}

	#rulesOf(id: AgentId): Rules | null {
		const { agents, settings } = this.#loop.state;
		const agent = agents[id];
		if (!agent) return null;
		return {
			scope: agent.scope,
			ignoreCase: this.#world.repository.ignoresCase,
			noise: settings.guard.noise,
		};
	}

	async #worktreeOf(id: AgentId): Promise<Worktree | null> {
		const agent = this.#loop.state.agents[id];
		const found = agent && (await worktreeOf(this.#world, agent));
		return found?.ok ? found.value : null;
	}

	async #referenceOf(id: AgentId, worktree: Worktree): Promise<Reference> {
		const agent = this.#loop.state.agents[id];
		const from = this.#begins.get(id) ?? agent?.base.commit ?? '';
		const own = await readOwnExcludes(worktree);
		const commit = `${from} ${digest(own.join('\n'), 16)}`;
		const before = this.#references.get(commit);
		if (before) return before;
		const { paths, ignored } = await readCommitRules(worktree.repository, from);
		const rules = { paths, ignored: [...own, ...ignored] };
		const reference = { from, commit, rules, known: new KnownCommit(rules) };
		this.#references.set(commit, reference);
		const [oldest] = this.#references.keys();
		if (this.#references.size > referencesKept && oldest !== undefined)
			this.#references.delete(oldest);
		return reference;
	}
}
