// What gates say of an agent's work, in few words: `lint ✓ types ✓ test 41%`.
import type { Agent } from '../../domain/agent.ts';
import { type GateJson, gateJson } from '../../protocol/gates.ts';
import type { Observation } from '../../protocol/observation.ts';
import type { Glyphs } from '../look/glyphs.ts';
import type { Role } from '../look/theme.ts';
import { type Line, span } from '../paint/spans.ts';

/** Every gate that was asked, in the order of the settings. */
export function gatesOf(
	agent: Agent,
	observation: Observation,
	names: readonly string[],
): GateJson[] {
	return names.map((name) => gateJson(agent, name, observation.gates?.[name] ?? null));
}

/** Nothing where no gate has been asked. */
export function gateSpans(gates: readonly GateJson[], now: number, glyphs: Glyphs): Line {
	const asked = gates.filter(({ verdict }) => verdict !== 'none');
	return asked.flatMap((gate, at) => [
		...(at === 0 ? [] : [span(' ')]),
		span(`${gate.name} `, 'dim'),
		signSpan(gate, now, glyphs),
	]);
}

/** In a few cells: a sign, how far it is, or how much is wrong. */
export function signSpan(gate: GateJson, now: number, glyphs: Glyphs) {
	const { text, role } = signOf(gate, now, glyphs);
	return span(text, role);
}

interface Sign {
	readonly text: string;
	readonly role: Role;
}

function signOf(gate: GateJson, now: number, glyphs: Glyphs): Sign {
	const { verdict, running, flaky } = gate;
	switch (verdict) {
		case 'running':
			return { text: `${glyphs.run}${percentText(running, now)}`, role: 'run' };
		case 'passed':
			return flaky
				? { text: `${glyphs.inferred} flaky`, role: 'warn' }
				: { text: glyphs.ready, role: 'good' };
		case 'failed':
			return { text: `${glyphs.fail}${failedText(gate)}`, role: 'bad' };
		case 'broken':
			return { text: `${glyphs.broken} broken`, role: 'warn' };
		case 'none':
		case 'waiting':
		case 'stale':
			return { text: glyphs.waiting, role: 'dim' };
	}
}

/** Of a first run nobody knows how long it takes; one that takes longer than usual is not done. */
function percentText(running: GateJson['running'], now: number): string {
	if (!running?.usual) return '';
	const gone = now - Date.parse(running.began);
	return ` ${Math.max(0, Math.min(99, Math.floor((gone / running.usual) * 100)))}%`;
}

function failedText({ new: fresh, known, failures }: GateJson): string {
	if (fresh === 0 && known !== null) return ` ${known} old`;
	if (fresh !== null) return ` ${fresh} new`;
	return failures === null ? '' : ` ${failures}`;
}
