import { expect, test } from 'vitest';
import type { RecordingStanding } from '../../../src/domain/recording-fault.ts';
import { noObservation } from '../../../src/protocol/observation.ts';
import { Recordings } from '../../../src/tui/chrome/recordings.ts';
import { recordingSentence } from '../../../src/tui/lines/spoken.ts';
import { reflectionOf } from '../../support/chrome-screen.ts';
import { Core } from '../../support/domain.ts';

const core = new Core();
for (const name of ['api', 'web', 'doc']) core.running(name);
const full = { trouble: 'ENOSPC: no space left on device, write', lost: 10 };

function reflected(standings: Readonly<Record<string, RecordingStanding | null>>) {
	const observed = Object.entries(standings).map(([name, recording]) => [
		core.id(name),
		recording ? { ...noObservation, recording } : noObservation,
	]);
	return reflectionOf(core.state, Object.fromEntries(observed));
}

test('each agent that is recorded no longer is news once, all of one moment in one sentence', () => {
	const recordings = new Recordings();
	expect(recordings.news(reflected({}))).toBeNull();
	const allow = 'free space on the disk of the repository';
	expect(recordings.news(reflected({ api: full }))).toEqual({
		text: 'api is not recorded: the disk is full',
		allow,
	});
	expect(recordings.news(reflected({ api: { ...full, lost: 99 } }))).toBeNull();
	const all = reflected({ api: full, web: full, doc: full });
	expect(recordings.news(all)?.text).toBe(
		'web and one other are not recorded: the disk is full',
	);
});

test('that it is over is news with how much is missing, and not of a program that ended', () => {
	const recordings = new Recordings();
	recordings.news(reflected({ api: full, web: full }));
	const again = { trouble: null, lost: 1200 };
	const news = recordings.news(reflected({ api: { ...full, ...again }, web: full }));
	expect(news).toEqual({
		text: 'api is recorded again; 1.2 kB of output is missing',
		allow: null,
	});
	expect(news && recordingSentence(news)).toBe(
		'api is recorded again; 1.2 kB of output is missing.',
	);
	core.exits('web', 0);
	expect(recordings.news(reflected({ web: { ...full, ...again } }))).toBeNull();
});

test('what nobody foresaw is said in the words of the system, with where to look', () => {
	const odd = { trouble: 'EIO: i/o error, write', lost: 1 };
	const news = new Recordings().news(reflected({ api: odd }));
	expect(news && recordingSentence(news)).toBe(
		'api is not recorded: EIO: i/o error, write; check the disk of the repository.',
	);
});
