// Pushes what an agent has committed and opens a pull request. What may be pushed the supervisor says; the
// push and `gh` run here, in the user's terminal, with all that they may and are asked there.
import { constants } from 'node:os';
import type { Connection } from '../../client/connection.ts';
import { openPull, type Pull } from '../../forge/gh.ts';
import { pageToOpen, placeOf } from '../../forge/web-address.ts';
import { isProgress, pushAddress, pushBranch, remoteTip } from '../../git/push.ts';
import { type UserGit, userEnvironment } from '../../git/user-git.ts';
import { counted } from '../../lib/counted.ts';
import { type Outcome, ok, type Refusal, refuse } from '../../lib/outcome.ts';
import { plainText } from '../../lib/plain-text.ts';
import { secretsOf, withoutSecrets } from '../../lib/secrets.ts';
import { shellWord } from '../../lib/shell-word.ts';
import type {
	ClientOperation,
	ClientRequest,
	ClientResponses,
} from '../../protocol/client.ts';
import type { PullPlan, PullStep } from '../../protocol/pull.ts';
import { numberOf, usage } from '../arguments.ts';
import { readInput } from '../input.ts';
import { printJson, printLine, printRefusal, refusalJson, tell } from '../print.ts';
import { reach } from '../reach.ts';
import { StepLine } from '../step-line.ts';
import { type Call, codeOf, done, exitCodes, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	if (call.on('with-uncommitted') && call.on('committed'))
		return usage('pr', 'say --with-uncommitted or --committed, not both');
	const seconds = numberOf(call, 'timeout', 1, 86_400);
	if (!seconds.ok) return seconds;
	const answer = numberOf(call, 'answer', 1, 86_400);
	if (!answer.ok) return answer;
	const said = call.text('body');
	const body = said === '-' ? await readInput() : said;
	using supervisor = new Supervisor(call);
	const plan = await supervisor.ask('pr.plan', {
		agent: call.words[0] ?? '',
		...{ base: call.text('base'), remote: call.text('remote') },
		...{ title: call.text('title'), body },
		include: call.on('with-uncommitted')
			? 'all'
			: call.on('committed')
				? 'committed'
				: null,
	});
	if (!plan.ok) return plan;
	using limit = new Limit((seconds.value ?? usualSeconds) * 1000);
	const limits = { signal: limit.signal, answerSeconds: answer.value ?? usualAnswer };
	using errand = new Errand(call, plan.value, supervisor, limits);
	const ended = await errand.run();
	if (!ended.ok && limit.code !== null) {
		printRefusal(ended.refusal, call);
		return ok({ code: limit.code });
	}
	if (!ended.ok) return ended;
	const { pushed, opened } = ended.value;
	if (call.json) printJson(jsonOf(plan.value, pushed, opened));
	else if (opened.ok) printLine(pullWords(opened.value, plan.value));
	if (opened.ok) return done;
	if (!call.json) printRefusal(opened.refusal, call);
	return ok({ code: limit.code ?? codeOf(opened.refusal) });
};

const usualSeconds = 600;
/** Who has not said a word for so long is not there; a person has time to type a passphrase. */
const usualAnswer = 60;

interface Limits {
	/** Ends all. */
	readonly signal: AbortSignal;
	/** How long the remote, and each question to gh, may be without an answer. */
	readonly answerSeconds: number;
}

interface Ended {
	readonly pushed: PullStep['push'];
	readonly opened: Outcome<Pull>;
}

/** The push, and then the pull request. */
class Errand implements Disposable {
	readonly #call: Call;
	readonly #plan: PullPlan;
	readonly #supervisor: Supervisor;
	readonly #git: UserGit;
	readonly #limits: Limits;
	readonly #steps: StepLine;

	constructor(call: Call, plan: PullPlan, supervisor: Supervisor, limits: Limits) {
		this.#call = call;
		this.#plan = plan;
		this.#supervisor = supervisor;
		const { commonDir, folder } = plan;
		const { signal } = limits;
		this.#limits = limits;
		this.#git = { commonDir, folder, environment: call.environment, signal };
		this.#steps = new StepLine(`pr ${plan.agent}`);
	}

	[Symbol.dispose](): void {
		this.#steps[Symbol.dispose]();
	}

	/** Refused where nothing was pushed. */
	async run(): Promise<Outcome<Ended>> {
		const { agent, remote, branch, commit } = this.#plan;
		const about = { agent, remote, branch, commit };
		const theirs = await this.#ask();
		if (!theirs.ok) return theirs;
		const force = this.#call.on('force');
		const step = await this.#supervisor.ask('pr.step', {
			...{ ...about, force, theirs: theirs.value },
		});
		if (!step.ok) return step;
		const pushed = step.value.push;
		const moved = await this.#push(pushed, theirs.value);
		if (!moved.ok) return moved;
		const old = pushed === 'none' ? null : theirs.value;
		const told = await this.#supervisor.ask('pr.pushed', {
			...{ ...about, old, forced: pushed === 'force' },
		});
		if (!told.ok) this.#steps.above(() => tell(`not recorded: ${told.refusal.message}`));
		if (!this.#call.json)
			this.#steps.above(() => printLine(pushWords(this.#plan, pushed)));
		return ok({ pushed, opened: await this.#open() });
	}

	/** The commit of the branch there. */
	async #ask(): Promise<Outcome<string | null>> {
		const { agent, remote, branch } = this.#plan;
		const { signal, answerSeconds } = this.#limits;
		const most = counted(answerSeconds, 'second');
		this.#steps.begin(`asking ${remote}, ${most} at most; ctrl+c ends it`);
		const late = AbortSignal.timeout(answerSeconds * 1000);
		const git = { ...this.#git, signal: AbortSignal.any([signal, late]) };
		const theirs = await remoteTip(git, { remote, branch }, () => undefined);
		if (theirs.ok || signal.aborted || theirs.refusal.code !== 'push.broken-off')
			return theirs;
		return refuse(
			'push.silent',
			`${remote} has not answered in ${most}; nothing was pushed`,
			`git ls-remote ${shellWord(remote)} shows whether it is there; weir pr ${agent} --answer ${answerSeconds * 5} waits longer`,
		);
	}

	async #push(pushed: PullStep['push'], theirs: string | null): Promise<Outcome<void>> {
		if (pushed === 'none') return ok(undefined);
		const { remote, branch, commit } = this.#plan;
		this.#steps.begin(`pushing to ${remote}`);
		const over = pushed === 'force' ? theirs : null;
		const hooks = !this.#call.on('no-verify');
		const listener = this.#listener();
		const done = await pushBranch(
			this.#git,
			{ remote, branch, commit, over, hooks, again: `weir pr ${this.#plan.agent}` },
			listener.hear,
		);
		listener.end();
		return done;
	}

	/** How far it has come is the step; all else, a hook's words too, is passed on. */
	#listener() {
		let rest = '';
		const pass = (line: string) => {
			if (line.trim() === '' || line.startsWith(toldAnyway)) return;
			if (isProgress(line)) this.#steps.far(plainText(line, 200));
			else this.#steps.above(() => tell(line));
		};
		return {
			hear: (text: string) => {
				const lines = `${rest}${text}`.slice(-longestLine).split(/[\r\n]/);
				rest = lines.pop() ?? '';
				for (const line of lines) pass(line);
			},
			end: () => pass(rest),
		};
	}

	async #open(): Promise<Outcome<Pull>> {
		const { agent, remote, branch, commit, base, title, body, folder } = this.#plan;
		this.#steps.begin('asking gh');
		const environment = userEnvironment(this.#call.environment);
		const secrets = secretsOf(environment);
		const address = await pushAddress(this.#git, remote);
		const pushedTo = address === null ? null : placeOf(address);
		const opened = await openPull(
			{ environment, folder, ...this.#limits },
			{
				...{ branch, base, pushedTo, draft: this.#call.on('draft') },
				title: withoutSecrets(title, secrets),
				body: withoutSecrets(body, secrets),
			},
		);
		if (!opened.ok) {
			const page = pageToOpen(pushedTo, { base, branch });
			return byHand(opened.refusal, { agent, base, branch, page });
		}
		const { url, number, found, base: into } = opened.value;
		const told = await this.#supervisor.ask('pr.opened', {
			...{ agent, remote, branch, commit, url, number, found, base: into || base },
		});
		if (!told.ok) this.#steps.above(() => tell(`not recorded: ${told.refusal.message}`));
		return opened;
	}
}

const longestLine = 8192;
/** git's last words, which the refusal says better. */
const toldAnyway = 'error: failed to push some refs';

interface ByHand {
	readonly agent: string;
	readonly base: string;
	readonly branch: string;
	readonly page: string | null;
}

/** What is missing, that the push is done all the same, and what is left to do. */
function byHand(
	{ code, message, allow }: Refusal,
	{ agent, base, branch, page }: ByHand,
): Outcome<never> {
	const command = `gh pr create --head ${shellWord(branch)} --base ${shellWord(base)}`;
	const first = allow === undefined ? '' : `${allow}, then weir pr ${agent}; or `;
	const hand = page === null ? `${command}, or on the site itself` : `open it on ${page}`;
	return refuse(
		code,
		`${message}; the branch is pushed, no pull request is open`,
		`${first}${hand}`,
	);
}

/** Asks the supervisor, another one where the first has ended meanwhile: a push takes its time. */
class Supervisor implements Disposable {
	readonly #call: Call;
	#connection: Connection | null = null;

	constructor(call: Call) {
		this.#call = call;
	}

	async ask<O extends ClientOperation>(
		operation: O,
		body: ClientRequest<O>,
	): Promise<Outcome<ClientResponses[O]>> {
		const known = this.#connection;
		if (known) {
			const asked = await known.request(operation, body, { timeoutMs: null });
			if (asked.ok || !ended.has(asked.refusal.code)) return asked;
			this[Symbol.dispose]();
		}
		const reached = await reach(this.#call);
		if (!reached.ok) return reached;
		this.#connection = reached.value;
		return reached.value.request(operation, body, { timeoutMs: null });
	}

	[Symbol.dispose](): void {
		this.#connection?.[Symbol.dispose]();
		this.#connection = null;
	}
}

const ended: ReadonlySet<string> = new Set(['supervisor.gone', 'supervisor.none']);

/** How long all may take that is not weir's; ctrl+c ends it before, and with it what it has started. */
class Limit implements Disposable {
	readonly #controller = new AbortController();
	readonly #timer: NodeJS.Timeout;
	/** What the verb ends with, once it was cut short. */
	code: number | null = null;

	constructor(milliseconds: number) {
		this.#timer = setTimeout(() => this.#end(exitCodes.timeout), milliseconds);
		for (const signal of signals) process.on(signal, this.#onSignal);
	}

	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	readonly #onSignal = (signal: NodeJS.Signals) =>
		this.#end(128 + constants.signals[signal]);

	#end(code: number): void {
		this.code ??= code;
		this.#controller.abort();
	}

	[Symbol.dispose](): void {
		clearTimeout(this.#timer);
		for (const signal of signals) process.off(signal, this.#onSignal);
	}
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function pushWords(plan: PullPlan, pushed: PullStep['push']): string {
	const { branch, remote, commit, commits, along, base, uncommitted } = plan;
	const short = commit.slice(0, 10);
	const files = counted(uncommitted.length, 'uncommitted file');
	const left =
		uncommitted.length === 0
			? ''
			: `; ${files} ${uncommitted.length === 1 ? 'stays' : 'stay'} here`;
	const more =
		along === 0
			? ''
			: `; ${counted(along, 'commit')} of ${base} went along, which ${remote} did not have`;
	switch (pushed) {
		case 'none':
			return `${remote} has ${branch} at ${short} already${left}`;
		case 'force':
			return `${branch} on ${remote} was replaced by ${short}${more}${left}`;
		default:
			return `${branch} is pushed to ${remote} at ${short}, ${counted(commits, 'commit')}${more}${left}`;
	}
}

function pullWords({ url, number, found, base }: Pull, plan: PullPlan): string {
	const what = number === null ? 'a pull request' : `pull request ${number}`;
	const into = base === plan.base || base === '' ? '' : `, into ${base}`;
	return `${what} is ${found ? 'there' : 'open'}${into}: ${url}`;
}

function jsonOf(plan: PullPlan, push: PullStep['push'], opened: Outcome<Pull>) {
	const { agent, branch, remote, commit } = plan;
	return {
		...{ v: 1, agent, branch, remote, commit, push },
		pull: opened.ok ? opened.value : null,
		refusal: opened.ok ? null : refusalJson(opened.refusal),
	};
}
