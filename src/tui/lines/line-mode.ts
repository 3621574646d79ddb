// weir as lines, for screen readers and terminals that cannot move their cursor: what happens is said
// as it happens, what is typed at the prompt is a verb. Nothing is drawn over, nothing moves.
import { createInterface } from 'node:readline';
import { type InboxItem, inboxOf } from '../../domain/inbox.ts';
import { Lane } from '../../lib/lane.ts';
import { Lifetime } from '../../lib/lifetime.ts';
import { Calls } from '../chrome/calls.ts';
import { commandWords } from '../chrome/command-words.ts';
import { Recordings } from '../chrome/recordings.ts';
import { settingsNews } from '../chrome/settings-news.ts';
import { nextNeedy } from '../look/state-signs.ts';
import { type Mirror, observationOf } from '../mirror.ts';
import { openMirror, type Visitor } from '../open-mirror.ts';
import { PaneReader } from '../panes/pane-reader.ts';
import { shownAgents } from '../view.ts';
import { lineHelp } from './line-help.ts';
import { answersMenu, itemSentence } from './line-inbox.ts';
import { agentMenu, agentsMenu, type MenuItem } from './line-menu.ts';
import {
	agentSentence,
	announcementOf,
	callSentence,
	countSentence,
	recordingSentence,
} from './spoken.ts';
import { runVerb } from './verb-child.ts';

const prompt = 'weir> ';
const refused = 3;

/** Runs until the user leaves; answers the exit code. */
export async function runLines(
	visitor: Visitor & { readonly attachTo: string | null },
): Promise<number> {
	await using lifetime = new Lifetime();
	const { mirror, opened: opening } = openMirror(visitor);
	lifetime.add(mirror);
	const opened = await opening;
	if (!opened.ok) {
		const { message, allow } = opened.refusal;
		process.stderr.write(
			`weir: ${message}\n${allow === undefined ? '' : `  ${allow}\n`}`,
		);
		return refused;
	}
	const mode = new LineMode(mirror, visitor);
	const code = await mode.run(lifetime, visitor.attachTo);
	process.stdout.write('weir is left.\n');
	return code;
}

/** Words that are the prompt's own; all others are verbs. */
type OwnWord = (words: readonly string[]) => Promise<void> | void;

/** A program that rings on and on is said once in so long. */
const sameCallMs = 60_000;

class LineMode {
	readonly #mirror: Mirror;
	readonly #visitor: Visitor;
	readonly #reader: PaneReader;
	readonly #lane = new Lane();
	readonly #own: Readonly<Record<string, OwnWord>>;
	#menu: readonly MenuItem[] = [];
	/** What the next line is the end of. */
	#question: { readonly ask: string; readonly line: string } | null = null;
	#busy = false;
	#announced = '';
	#about: string | null = null;
	/** Those that were said in answer to `next`. */
	readonly #alarmsMet = new Set<string>();
	#leave: (code: number) => void = () => undefined;

	constructor(mirror: Mirror, visitor: Visitor) {
		this.#mirror = mirror;
		this.#visitor = visitor;
		this.#reader = new PaneReader(mirror);
		this.#own = {
			help: ([verb]) => (verb ? this.#verb(['help', verb]) : this.#tell(lineHelp)),
			verbs: () => this.#verb(['help']),
			where: () => this.#where(),
			status: () => this.#status(),
			next: () => this.#next(),
			inbox: () => this.#showInbox(),
			read: ([name, count]) => this.#read(name, count),
			older: async () => this.#tell(await this.#reader.older()),
			menu: ([name]) => this.#showMenu(name),
			send: ([name = '', ...text]) => this.#verb(['send', name, text.join(' ')]),
			quit: () => this.#leave(0),
			exit: () => this.#leave(0),
		};
	}

	async run(lifetime: Lifetime, attachTo: string | null): Promise<number> {
		const left = new Promise<number>((settle) => {
			this.#leave = settle;
		});
		const reader = createInterface({ input: process.stdin, terminal: false });
		lifetime.add({ [Symbol.dispose]: () => reader.close() });
		reader.on('line', (line) => void this.#lane.run(() => this.#answer(line)));
		// The end of the input comes after the lines before it.
		reader.on('close', () => void this.#lane.run(async () => this.#leave(0)));
		lifetime.add(
			this.#mirror.onEvents.on((events) => {
				for (const event of events) {
					const said = announcementOf(event, this.#mirror.now.state);
					if (said) this.#announce(said.text, said.bell);
				}
			}),
		);
		const calls = new Calls(this.#mirror.now, sameCallMs);
		const recordings = new Recordings();
		lifetime.add(
			this.#mirror.onChange.on(() => {
				const { now } = this.#mirror;
				for (const called of calls.news(now))
					this.#announce(callSentence(called, now.state), true);
				const amiss = recordings.news(now);
				if (amiss) this.#announce(recordingSentence(amiss), amiss.allow !== null);
			}),
		);
		lifetime.add(
			this.#mirror.onLink.on(({ live, why }) =>
				this.#announce(
					live
						? 'The supervisor is back; nothing was lost.'
						: `${why ?? 'The supervisor is gone; agents go on'}.`,
					false,
				),
			),
		);
		lifetime.add(this.#mirror.onEnd.on(() => this.#leave(0)));
		this.#listenToSignals(lifetime);
		this.#where();
		if (attachTo !== null) await this.#read(attachTo, undefined);
		this.#ask();
		void this.#tellSettings();
		return await left;
	}

	/** What is wrong with settings files since before anybody listened. */
	async #tellSettings(): Promise<void> {
		const read = await this.#mirror.ask('settings.reload', {});
		const news = read.ok ? settingsNews(read.value) : null;
		if (news) this.#announce(`${news.text}; ${news.allow}.`, false);
	}

	#listenToSignals(lifetime: Lifetime): void {
		// A verb that is under way hears it too, and ends.
		const interrupted = () => {
			if (!this.#busy) this.#announce('quit leaves weir; agents go on.', false);
		};
		const ended = () => this.#leave(128 + 15);
		process.on('SIGINT', interrupted).on('SIGTERM', ended).on('SIGHUP', ended);
		lifetime.add({
			[Symbol.dispose]: () => {
				process.off('SIGINT', interrupted).off('SIGTERM', ended).off('SIGHUP', ended);
			},
		});
	}

	async #answer(line: string): Promise<void> {
		const question = this.#question;
		this.#question = null;
		if (question && line.trim() === '') this.#say('Nothing was sent.');
		else if (question)
			await this.#do([...question.line.split(' '), ...endOf(question.line, line)]);
		else {
			const words = commandWords(line);
			if (words === null) this.#say('A quotation mark is open.');
			else if (words.length > 0) await this.#do(words);
		}
		this.#ask();
	}

	async #do(words: readonly string[]): Promise<void> {
		const [first = '', ...rest] = words[0] === 'weir' ? words.slice(1) : words;
		if (/^\d+$/.test(first) && rest.length === 0) return this.#choose(Number(first));
		if (screenVerbs.has(first) || first === '')
			return this.#say(`${first || 'weir'} is for a screen, and this is weir in lines.`);
		const own = Object.hasOwn(this.#own, first) ? this.#own[first] : undefined;
		return own ? await own(rest) : await this.#verb([first, ...rest]);
	}

	async #verb(words: readonly string[]): Promise<void> {
		this.#busy = true;
		const { commonDir, environment } = this.#visitor;
		const folder = this.#mirror.now.repository?.root ?? commonDir;
		const where = { folder, environment };
		let said = false;
		const code = await runVerb(words, where, (line) => {
			said = true;
			this.#say(line);
		});
		this.#busy = false;
		if (code !== 0) this.#say(`${words[0]} ended with ${code}.`);
		else if (!said) this.#say('Done.');
	}

	#choose(number: number): Promise<void> | void {
		const item = this.#menu[number - 1];
		if (!item)
			return this.#say(`There is no entry ${number}: menu lists what can be chosen.`);
		const { deed } = item;
		if (deed.kind === 'agent') return this.#showMenu(deed.name);
		if (deed.kind === 'line') return this.#do(deed.line.split(' '));
		this.#question = deed;
	}

	#showMenu(name: string | undefined): void {
		const agents = shownAgents(this.#mirror.now.state);
		if (name === undefined && agents.length === 0)
			return this.#say('No agents yet: new NAME -- COMMAND starts one.');
		this.#menu =
			name === undefined
				? agentsMenu(agents, (agent) => this.#sentence(agent.name).replace(/^\d+ /, ''))
				: agentMenu(name);
		if (name !== undefined) this.#say(`What to do with ${name}:`);
		for (const [at, { label }] of this.#menu.entries()) this.#say(`${at + 1} ${label}`);
		this.#say('Type a number.');
	}

	#showInbox(): void {
		const { state } = this.#mirror.now;
		const items = inboxOf(state, new Date().toISOString());
		const open = items.filter(({ snoozed }) => snoozed === null);
		if (open.length === 0) return this.#say('Nobody needs you.');
		this.#offer(open);
	}

	/** What they are, and what can be chosen about them. */
	#offer(open: readonly InboxItem[]): void {
		const { state } = this.#mirror.now;
		for (const item of open) this.#say(itemSentence(item, state, Date.now()));
		this.#menu = answersMenu(open, state);
		for (const [at, { label }] of this.#menu.entries()) this.#say(`${at + 1} ${label}`);
		this.#say('Type a number, or answer and snooze with an id of weir inbox --all.');
	}

	#where(): void {
		const { repository, state } = this.#mirror.now;
		const root = repository?.root.split('/').at(-1) ?? '';
		this.#say(`weir, repository ${root}, base ${repository?.base ?? 'unknown'}.`);
		this.#say(`${countSentence(shownAgents(state))} help tells what can be typed.`);
	}

	#status(): void {
		const agents = shownAgents(this.#mirror.now.state);
		this.#say(countSentence(agents));
		for (const { name } of agents) this.#say(this.#sentence(name));
	}

	/** An alarm comes before all agents, once. */
	async #next(): Promise<void> {
		const alarms = this.#alarms();
		const fresh = alarms.find(({ id }) => !this.#alarmsMet.has(id));
		if (fresh) return this.#meet(fresh);
		const agents = shownAgents(this.#mirror.now.state);
		const before = agents.find(({ name }) => name === this.#about)?.id ?? null;
		const agent = nextNeedy(agents, before, 1);
		const [alarm] = alarms;
		if (!agent && alarm) return this.#meet(alarm);
		if (!agent) return this.#say('No agent needs you.');
		this.#about = agent.name;
		this.#say(this.#sentence(agent.name));
		return this.#read(agent.name, undefined);
	}

	#alarms(): readonly InboxItem[] {
		const now = new Date().toISOString();
		return inboxOf(this.#mirror.now.state, now).filter(({ kind }) => kind === 'alarm');
	}

	#meet(alarm: InboxItem): void {
		this.#alarmsMet.add(alarm.id);
		this.#offer([alarm]);
	}

	async #read(name: string | undefined, count: string | undefined): Promise<void> {
		if (name === undefined) return this.#say('read AGENT, or read AGENT LINES.');
		const lines = count === undefined ? undefined : Number(count);
		if (lines !== undefined && !(Number.isInteger(lines) && lines > 0))
			return this.#say(`${count} is no number of lines.`);
		this.#tell(await this.#reader.read(name, lines));
	}

	#sentence(name: string): string {
		const agents = shownAgents(this.#mirror.now.state);
		const at = agents.findIndex((one) => one.name === name);
		const agent = agents[at];
		if (!agent) return name;
		const seen = observationOf(this.#mirror.now, agent.id);
		return agentSentence(agent, at + 1, seen, Date.now());
	}

	#tell(lines: readonly string[]): void {
		for (const line of lines) this.#say(line);
	}

	#say(line: string): void {
		process.stdout.write(`${line}\n`);
	}

	/** Said between two lines: what is half typed stays with the terminal. */
	#announce(text: string, bell: boolean): void {
		// A link that stays away says so again and again.
		if (text === this.#announced && !bell) return;
		this.#announced = text;
		process.stdout.write(`${this.#busy ? '' : '\n'}${bell ? '\x07' : ''}${text}\n`);
		if (!this.#busy) this.#ask();
	}

	#ask(): void {
		process.stdout.write(this.#question?.ask ?? prompt);
	}
}

/** Verbs that need a screen or a whole terminal. */
const screenVerbs = new Set(['attach', 'demo', 'keymap']);

/** Words of one's own are one argument of `--text`. */
function endOf(begun: string, line: string): readonly string[] {
	return begun.endsWith('--text') ? [line.trim()] : spaced(line);
}

/** Keys are single words; of a text `send` makes one again. */
function spaced(line: string): readonly string[] {
	return line.trim().split(' ');
}
