// The composition root: opens what there is, adopts what lives, wires the parts together.
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadRules, rulesFolder } from '../agents/rule-files.ts';
import { announcePlace, meetingPlace, withdrawPlace } from '../client/meeting-place.ts';
import { parseEvent } from '../domain/event.ts';
import { evolve } from '../domain/evolve.ts';
import type { AgentId } from '../domain/ids.ts';
import { unsettled } from '../domain/react.ts';
import { initialState, type PendingEffect, type State } from '../domain/state.ts';
import { resolveBase } from '../git/base.ts';
import { finishMoves } from '../git/branch-move.ts';
import { followHome, readHome, settleHome } from '../git/home.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { highestNumber } from '../git/used-numbers.ts';
import { themeFolder } from '../guard/theme-files.ts';
import { Watching } from '../guard/watch/watching.ts';
import { watchFiles } from '../guard/watch-files.ts';
import { openJournalFolder } from '../journal/folder.ts';
import { type Journal, openJournal } from '../journal/journal.ts';
import { takeLock } from '../journal/lock.ts';
import { definedOnly, type Environment } from '../lib/environment.ts';
import { messageOf } from '../lib/error-words.ts';
import { installedVersion } from '../lib/installation.ts';
import { Lane } from '../lib/lane.ts';
import { Lifetime } from '../lib/lifetime.ts';
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { identityOf } from '../lib/processes.ts';
import { serveAgent } from './agent-door.ts';
import { AskedAgain } from './asked-again.ts';
import { Asking } from './asking.ts';
import { AttentionDesk } from './attention-desk.ts';
import { BaseGateDesk } from './base-gate-desk.ts';
import { watchBase } from './base-watch.ts';
import { doChores } from './chores.ts';
import { Confinement } from './confinement.ts';
import { ConflictDesk } from './conflict-desk.ts';
import { coverLog } from './cover-log.ts';
import { DenialDesk } from './denial-desk.ts';
import { perform } from './effects.ts';
import { endAgents } from './end-agents.ts';
import { EvidenceDesk } from './evidence.ts';
import { Fillings } from './fillings.ts';
import { Fleet } from './fleet.ts';
import { GateConfinement } from './gate-confinement.ts';
import { GateDesk } from './gate-desk.ts';
import { GateRoom } from './gate-room.ts';
import { HeadWatch } from './head-watch.ts';
import { watchJournal } from './journal-watch.ts';
import { Loop } from './loop.ts';
import { MessageDesk } from './message-desk.ts';
import { NotifyCommand } from './notify-command.ts';
import { Observatory } from './observatory.ts';
import { serveClient } from './operations.ts';
import { Owner } from './owner.ts';
import { makePlaces, placesOf } from './places.ts';
import { reconcile } from './reconcile.ts';
import { watchRefs } from './ref-watch.ts';
import { ResolverDesk } from './resolver-desk.ts';
import { Retries } from './retries.ts';
import { routePushes } from './routing.ts';
import { RulesDesk, readAgent } from './rules-desk.ts';
import type { Desk } from './session.ts';
import { SettingsDesk } from './settings-desk.ts';
import { type LoadedSettings, loadSettings, settingsPaths } from './settings-files.ts';
import { changedAgo, stillScreen } from './signs-of-work.ts';
import { Sockets } from './sockets.ts';
import { StallWatch } from './stall-watch.ts';
import { stateShape } from './state-shape.ts';
import { Tokens } from './tokens.ts';
import { TrespassDesk } from './trespass-desk.ts';
import { UsageDesk } from './usage-desk.ts';
import { Withheld } from './withheld.ts';
import { worktreeOf } from './worktree-effects.ts';
import { lookAt } from './worktree-look.ts';
import { Environments, type World } from './world.ts';

export interface Supervisor {
	/** Ends this process and leaves the agents to the next supervisor. */
	end(): Promise<void>;
	readonly ended: Promise<void>;
}

/** Refused with `supervisor.running` where another owns the repository. */
export async function startSupervisor(
	commonDir: string,
	environment: Environment,
): Promise<Outcome<Supervisor>> {
	const opened = await openRepository(commonDir);
	if (!opened.ok) return opened;
	const repository = opened.value;
	const folder = openJournalFolder(repository.commonDir);
	if (!folder.ok) return folder;
	const lock = takeLock(folder.value);
	if (!lock.ok) return lock;
	const lifetime = new Lifetime();
	const owner = new Owner(environment, repository.commonDir);
	lifetime.add(() => owner.clear());
	lifetime.add(lock.value);
	const home = await readHome(repository);
	if (!home.ok) {
		await lifetime.close();
		return home;
	}
	const journal = openJournal(folder.value);
	if (!journal.ok) {
		await lifetime.close();
		return journal;
	}
	lifetime.add(journal.value);
	const meeting = meetingPlace(environment, repository.commonDir);
	if (!meeting.ok) {
		await lifetime.close();
		return meeting;
	}
	const root = repository.root ?? repository.commonDir;
	const isNew = journal.value.lastSeq() === 0;
	const [first, used] = await Promise.all([
		loadSettings(root, environment),
		isNew ? highestNumber(repository) : 0,
	]);
	journal.value.beginAfter(used);
	const state = fold(journal.value);
	if (!state.ok) {
		await lifetime.close();
		return state;
	}
	const places = placesOf({
		state: folder.value,
		runtime: meeting.value.folder,
		commonDir: repository.commonDir,
		root,
		environment,
	});
	makePlaces(places);
	return ok(
		await run({
			repository,
			journal: journal.value,
			state: state.value,
			environment,
			root,
			places,
			meeting: meeting.value,
			settings: first,
			moved: home.value.kind === 'moved',
			lifetime,
			lockIntact: () => lock.value.intact,
			owner,
		}),
	);
}

interface Opened {
	readonly repository: Repository;
	readonly journal: Journal;
	readonly state: State;
	readonly environment: Environment;
	readonly root: string;
	readonly places: ReturnType<typeof placesOf>;
	readonly meeting: Parameters<typeof announcePlace>[1];
	readonly settings: LoadedSettings;
	/** The repository is not where weir left it: its clones must learn where it is. */
	readonly moved: boolean;
	readonly lifetime: Lifetime;
	readonly lockIntact: () => boolean;
	readonly owner: Owner;
}

async function run(opened: Opened): Promise<Supervisor> {
	const { repository, journal, environment, root, places, lifetime } = opened;
	const version = installedVersion;
	const withheld = new Withheld((secret) => journal.nameOf(secret));
	lifetime.add(coverLog(withheld));
	const loop: Loop = new Loop({
		journal,
		withheld,
		state: opened.state,
		clock: Date.now,
		dispatch: (effect) => dispatch(effect),
	});
	lifetime.add(loop);
	const settings = new SettingsDesk(loop, root, environment, opened.settings);
	const bootId = identityOf(process.pid)?.bootId ?? '';
	const rebooted = loop.state.bootId !== null && loop.state.bootId !== bootId;
	const fleet = new Fleet({
		records: places.holderRecords,
		exits: places.exits,
		recordings: places.recordings,
		runtime: places.runtime,
		logs: places.logs,
		perHolder: () => loop.state.settings.holder.agents,
		owner: () => journal.begun,
		withheld,
	});
	lifetime.add(() => fleet.close());
	const observatory = new Observatory({ look: (agent) => lookAt(world, loop, agent) });
	lifetime.add(() => observatory.close());
	const fillings = new Fillings();
	const rules = new RulesDesk(environment, await loadRules(environment));
	const confinement = new Confinement(places, environment, () => loop.state.settings);
	const gates = lifetime.add(
		new GateDesk(
			loop,
			() => world,
			new GateRoom({
				repository,
				folder: places.verdicts,
				root: () => places.worktrees(loop.state.settings.worktree.root),
				settings: () => loop.state.settings,
				environment: definedOnly(environment),
				withheld,
				confinement: new GateConfinement(
					places,
					environment,
					() => loop.state.settings,
					() => confinement.standing(),
				),
			}),
		),
	);
	const world: World = {
		fillings,
		gates,
		settingsWith: (everyones) => settings.withEveryones(everyones),
		state: () => loop.state,
		repository,
		places,
		fleet,
		tokens: new Tokens(),
		environments: new Environments(definedOnly(environment), withheld),
		withheld,
		confinement,
		observatory,
		readScreen: (agent) => readAgent(agent, world, rules),
		acceptSetup: (agent) => trespasses.acceptSetup(agent),
		quietly: (agent, job) => trespasses.quietly(agent, job),
		redressing: new Lane(1),
		standsOutside: (agent) => trespasses.standsOutside(agent),
		askedAgain: new AskedAgain(loop, rebooted ? agentsOf(loop.state) : []),
		spendReserve: () => journal.spendReserve(),
	};
	lifetime.add(
		gates.onRun.on((agent) => {
			const running = gates
				.runsOf(agent)
				.map(({ gate, began, usual }) => [gate, { began, usual }]);
			observatory.gates(agent, Object.fromEntries(running));
		}),
	);
	const baseGates = lifetime.add(new BaseGateDesk(loop, () => world));
	const heads = lifetime.add(new HeadWatch(loop, () => world));
	const resolvers = lifetime.add(new ResolverDesk(loop));
	lifetime.add(new ConflictDesk({ loop, observatory, world: () => world }));
	const stuckAfter = () => loop.state.settings.attention.stuckAfter;
	const stalls = new StallWatch({
		leastMs: () => stuckAfter() * 60_000,
		still: (agent) => stillScreen(world, agent),
		changedAgo: (agent) => changedAgo(world, agent),
		tell: (...stall) => evidence.stalled(...stall),
	});
	lifetime.add(stalls);
	const evidence: EvidenceDesk = new EvidenceDesk({
		loop,
		observatory,
		read: world.readScreen,
		readTitle: (agent, title) => rules.title(loop.state, agent, title),
		refines: (agent, word) => rules.refines(loop.state, agent, word),
		stalls,
		stuckAfter,
	});
	lifetime.add(evidence);
	if (opened.moved) await moveIn(world);
	await settleHome(repository);
	// A landing that a crash cut between the base and the checkout holds the user's index lock.
	await finishMoves(repository);
	let ending = false;
	const dispatch = (effect: PendingEffect) => {
		if (!ending) void perform(effect, world, loop);
	};

	const watching = new Watching();
	lifetime.add(
		watching.onNews.on((news) => {
			gates.hear(news);
			// Worktrees are watched under the ids of their agents.
			if (news.say === 'quiet') observatory.rested(news.key as AgentId);
		}),
	);
	const trespasses: TrespassDesk = lifetime.add(new TrespassDesk(loop, world, watching));
	const usage = lifetime.add(new UsageDesk(loop, world, evidence));
	lifetime.add(routePushes({ loop, fleet, evidence, observatory, tokens: world.tokens }));
	const panes = await fleet.adopt();
	await loop.submit({
		kind: 'supervisor.start',
		pid: process.pid,
		version,
		bootId,
		ignoresCase: repository.ignoresCase,
	});
	await settings.tell();
	const { base: named, branch } = loop.state.settings;
	const resolving = resolveBase(repository, named, branch.prefix);
	// A start that fails before it is waited for has its own reason.
	resolving.catch(() => undefined);
	const waiting = unsettled(loop.state);
	const asking = new Asking(loop, withheld);
	lifetime.add(() => asking.close());
	await asking.takeOver();
	await reconcile(
		{ loop, fleet, tokens: world.tokens, environments: world.environments, evidence },
		panes,
		rebooted,
	);
	// What settled while ends were recorded is not asked for again.
	for (const effect of waiting) if (effect.id in loop.state.effects) dispatch(effect);

	let finish: () => void = () => undefined;
	const ended = new Promise<void>((resolve) => {
		finish = resolve;
	});
	const end = async () => {
		if (ending) return ended;
		ending = true;
		await loop.submit({ kind: 'supervisor.stop', reason: 'asked' });
		journal.saveCheckpoint({ seq: loop.state.seq, shape, state: loop.state });
		// Before the sockets: an end of their connections is not the agents' doing.
		await asking.close();
		withdrawPlace(repository.commonDir);
		// The answer to whoever asked leaves before its connection does.
		await sleep(30);
		await lifetime.close();
		finish();
		return ended;
	};

	const command = lifetime.add(
		new NotifyCommand({ environment: definedOnly(environment), folder: root, withheld }),
	);
	const attention = new AttentionDesk({
		...{ loop, command, repository: basename(root), clock: Date.now },
	});
	lifetime.add(() => attention.close());
	const base = await resolving;
	const baseBranch = base.ok ? base.value.branch : null;
	const desk: Desk = {
		loop,
		world,
		journal,
		version,
		since: new Date().toISOString(),
		facts: () => ({
			root,
			commonDir: repository.commonDir,
			base: baseBranch,
			trusted: settings.current().trusted,
		}),
		settings,
		rules,
		evidence,
		asking,
		denials: new DenialDesk(loop),
		usage,
		attention,
		trespasses,
		baseGates,
		endAgents: () => endAgents(loop, fleet, fillings),
		end: () => void end(),
	};
	const sockets = new Sockets({
		clientSocket: places.clientSocket,
		agentSocket: places.agentSocket,
		holderPids: () => fleet.pids,
		serveClient: (peer) => serveClient(peer, desk),
		serveAgent: (peer) => serveAgent(peer, desk),
	});
	lifetime.add(() => sockets.close());
	await sockets.listen();
	announcePlace(repository.commonDir, opened.meeting);

	lifetime.add(opened.owner);
	opened.owner.watch(() => void endAgents(loop, fleet, fillings).then(end));
	trespasses.takeOver();
	usage.takeOver();
	gates.takeOver();
	baseGates.takeOver();
	heads.takeOver();
	resolvers.takeOver();
	const messages = new MessageDesk(loop);
	lifetime.add(() => messages.close());
	const retries = new Retries(loop);
	lifetime.add(() => retries.close());
	lifetime.add(
		watchFiles(
			[
				...settingsPaths(root, environment).map(({ path }) => path),
				// Which themes there are decides which one a setting may name.
				themeFolder(environment),
			],
			() => settings.reload(),
		),
	);
	lifetime.add(
		watchFiles([rulesFolder(environment)], async () => {
			const problems = await rules.reload();
			if (problems !== null && problems.length > 0)
				await loop.submit({ kind: 'settings.refuse', problems: [...problems] });
			evidence.lookAtAll();
		}),
	);
	if (base.ok && base.value.branch !== null) {
		const { branch, commit: first } = base.value;
		const moved = () => {
			for (const id of agentsOf(loop.state)) observatory.stir(id);
		};
		lifetime.add(await watchBase({ loop, repository, branch, first, moved }));
	}
	lifetime.add(await watchRefs(loop, repository));
	lifetime.add(watchJournal(loop, journal));
	doChores(lifetime, {
		loop,
		repository,
		journal,
		observatory,
		copies: places.outside,
		lockIntact: opened.lockIntact,
		onLockLost: () => void end(),
	});
	for (const agent of Object.values(loop.state.agents)) {
		if (agent.life.kind !== 'removed') observatory.stir(agent.id);
	}
	return { end, ended };
}

function agentsOf(state: State): AgentId[] {
	return Object.values(state.agents).map(({ id }) => id);
}

async function moveIn(world: World): Promise<void> {
	for (const agent of Object.values(world.state().agents)) {
		const worktree = await worktreeOf(world, agent);
		if (worktree.ok) await followHome(worktree.value);
	}
}

// Read at the start: at the end another version may lie on the disk.
const shape = stateShape();

function fold(journal: Journal): Outcome<State> {
	const checkpoint = journal.loadCheckpoint(shape);
	// Written by `end` of the same shape.
	const begun = journal.begun !== null;
	const empty = begun ? initialState : { ...initialState, seq: journal.lastSeq() };
	let state = (checkpoint?.state as State | undefined) ?? empty;
	const examined = journal.examineAfter(checkpoint?.seq ?? 0);
	if (!examined.ok) return examined;
	try {
		for (const row of journal.read(state.seq + 1)) state = evolve(state, parseEvent(row));
	} catch (error) {
		const message = `the journal cannot be read by this version: ${messageOf(error)}`;
		return refuse('journal.newer', message, 'install the later weir again');
	}
	return ok(state);
}
