// Shows weir at work on a scratch repository with scripted agents.
import type { TrialWish } from '../../domain/trial.ts';
import { installedVersion } from '../../lib/installation.ts';
import { type Outcome, ok, refuse } from '../../lib/outcome.ts';
import { terminalHere } from '../../lib/terminal-fitness.ts';
import { appearanceOf } from '../appearance.ts';
import { numberOf } from '../arguments.ts';
import {
	askGround,
	clearGround,
	type DemoGround,
	makeGround,
	sceneKind,
	settleGround,
} from '../demo-ground.ts';
import { runHeadless } from '../demo-run.ts';
import { clearOnClosedPipe, print, printJson, tell } from '../print.ts';
import { type Call, done, type Ending, type Run } from '../verb.ts';

const checklist: readonly TrialWish[] = [
	{
		action: 'attention.next',
		text: '{attention.next} jumps to {agent}, which needs you',
		on: 'needy',
		before: 'when an agent needs you: {attention.next} jumps to it',
	},
	{
		action: 'screen.inbox',
		text: '{screen.inbox} opens the inbox: a number or y answers {agent} there',
		on: 'asking',
		before:
			'when an agent asks something: {screen.inbox} opens the inbox, where it is answered',
	},
	{
		action: 'agent.respawn',
		text: '{agent.respawn} respawns {agent}, which crashed',
		on: 'crashed',
		before: 'when flaky has crashed: {agent.respawn} respawns it',
		elsewhere:
			'{agent} has crashed: {attention.next} goes there, {agent.respawn} respawns it',
	},
	{ action: 'agent.kill', text: '{agent.kill} kills one; {undo.open} brings it back' },
	{
		action: 'screen.gates',
		text: '{screen.gates} shows what tests and lint say of each, as it works',
	},
	{
		action: 'agent.merge',
		text: '{agent.merge} shows what a merge would do; y lands it once its gates are green',
	},
	{ action: 'undo.open', text: '{undo.open} takes the landing back' },
	{
		action: 'view.zoom',
		text: '{view.zoom} zooms, {layout.next} changes the layout, {pane.type} types into a pane, {leader} Esc leaves it',
	},
];

export const run: Run = async (call) => {
	const agents = numberOf(call, 'agents', 1, 100);
	if (!agents.ok) return agents;
	const speed = numberOf(call, 'speed', 0.1, 1000);
	if (!speed.ok) return speed;
	const seed = numberOf(call, 'seed', 0, 2 ** 31);
	if (!seed.ok) return seed;
	const headless = call.on('headless');
	// Before anything is laid down: a refusal comes at once and leaves nothing to clear.
	const appearance = appearanceOf(call);
	const shown = headless || appearance.lines ? ok(null) : terminalHere();
	if (!shown.ok && shown.refusal.code === 'terminal.small') return shown;
	if (!shown.ok)
		return refuse(
			shown.refusal.code,
			shown.refusal.message,
			'weir demo --headless needs none',
		);
	const made = await makeGround(call, agents.value ?? 4, seed.value ?? 1);
	if (!made.ok) return made;
	const ground = made.value;
	const keep = call.text('dir') !== null;
	const clear = () => clearGround(ground, keep);
	endOnSignals(clear);
	clearOnClosedPipe(clear);
	const started = await startAgents(ground, {
		speed: speed.value ?? (headless ? 20 : 1),
		seed: seed.value ?? 1,
		headless,
	});
	const crashes = ground.scenes.some(({ name }) => name === 'flaky');
	if (!started.ok || !headless) {
		if (!started.ok) await clear();
		return started.ok
			? ok({
					door: 'tui',
					options: {
						commonDir: ground.commonDir,
						environment: ground.environment,
						version: installedVersion,
						attachTo: null,
						appearance,
						checklist: checklist.filter(({ on }) => on !== 'crashed' || crashes),
					},
					close: () => {
						tell(
							keep
								? `ending the agents of the demo; ${ground.folder} stays…`
								: 'ending the agents of the demo and removing its scratch repository…',
						);
						return clear();
					},
				})
			: started;
	}
	const ended = await playHeadless(call, ground);
	await clear();
	return ended;
};

async function startAgents(
	ground: DemoGround,
	how: { readonly speed: number; readonly seed: number; readonly headless: boolean },
): Promise<Outcome<void>> {
	const end = how.headless ? ['--exit-at-end'] : [];
	const paced = ['--speed', String(how.speed), '--seed', String(how.seed)];
	await settleGround(ground, [...paced, ...end], how.speed);
	const wanted = {
		agents: ground.scenes.map(({ name }) => ({ name, argv: null })),
		kind: sceneKind,
		base: null,
		prompt: null,
		env: ground.environment,
		columns: 100,
		rows: 30,
		wait: false,
	};
	const made = await askGround(ground, (connection) =>
		connection.request('new', wanted, { timeoutMs: null }),
	);
	if (!made.ok) return made;
	// Some may be there: asked for before the supervisor ended, and made by the next one.
	const refusal = made.value.refusals.find(({ code }) => code !== 'agent.exists');
	return refusal ? { ok: false, refusal } : ok(undefined);
}

async function playHeadless(call: Call, ground: DemoGround): Promise<Outcome<Ending>> {
	const names = new Map<string, string>();
	const played = await runHeadless(ground, (event) => {
		if (event.kind === 'agent.created') names.set(event.data.agent, event.data.name);
		if (call.json) printJson({ v: 1, event });
		else if (event.kind === 'merge.landed') print(`landed  ${event.data.subject}`);
		else if (event.kind === 'agent.exited' && event.data.code !== 0) {
			print(
				`ended   ${names.get(event.data.agent)} with ${event.data.code}, started again`,
			);
		}
	});
	if (!played.ok) return played;
	if (!call.json) {
		const { landed } = played.value;
		tell(landed === 1 ? 'the agent has landed' : `all ${landed} agents have landed`);
	}
	return done;
}

/** However the demo ends, it leaves nothing behind. */
function endOnSignals(clear: () => Promise<void>): void {
	for (const [signal, code] of [
		['SIGINT', 130],
		['SIGTERM', 143],
		['SIGHUP', 129],
	] as const) {
		process.once(signal, () => void clear().finally(() => process.exit(code)));
	}
}
