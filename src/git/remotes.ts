// Which remotes the user's configuration names, and to which of them a push goes.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';
import { type Configuration, configured, readConfiguration } from './configuration.ts';
import { gitText, runGit } from './git.ts';
import { readRef } from './refs.ts';
import type { Repository } from './repository.ts';

/**
 * The remote that is asked for, else the one that `remote.pushDefault` names, that the base is pushed to or
 * comes from, `origin`, or the only one. Refuses with `remote.none`, `remote.unknown`, `remote.many`.
 */
export async function remoteFor(
	{ place }: Repository,
	asked: string | null,
	base: string,
): Promise<Outcome<string>> {
	const config = await readConfiguration(place);
	const remotes = remotesIn(config);
	const known = remotes.join(', ');
	if (remotes.length === 0)
		return refuse(
			'remote.none',
			'this repository has no remote to push to',
			'git remote add origin URL',
		);
	if (asked !== null)
		return remotes.includes(asked)
			? ok(asked)
			: refuse(
					'remote.unknown',
					`there is no remote ${JSON.stringify(asked)}; there is ${known}`,
					'git remote -v',
				);
	const usual = [
		configured(config, 'remote.pushdefault'),
		configured(config, `branch.${base}.pushremote`),
		configured(config, `branch.${base}.remote`),
		'origin',
		remotes.length === 1 ? remotes[0] : undefined,
	].find((name) => name !== undefined && remotes.includes(name));
	return usual === undefined
		? refuse('remote.many', `there are several remotes: ${known}`, 'weir pr --remote R')
		: ok(usual);
}

/**
 * How many commits of a base that a remote does not have yet go along with what stands on it; 0 where nothing
 * is known of the remote.
 */
export async function commitsAlong(
	{ place }: Repository,
	remote: string,
	work: { readonly base: string; readonly baseTip: string; readonly commit: string },
): Promise<number> {
	const there = await readRef(place, `refs/remotes/${remote}/${work.base}`);
	if (there === null) return 0;
	const fork = await runGit(place, ['merge-base', work.baseTip, work.commit]);
	if (fork.code !== 0) return 0;
	const range = `${there}..${fork.stdout.toString('utf8').trim()}`;
	return Number(await gitText(place, ['rev-list', '--count', range, '--']));
}

/** A name is what stands between the section and the key, dots and all. */
function remotesIn(config: Configuration): readonly string[] {
	const names = config.flatMap(
		([key]) => /^remote\.(.+)\.(?:push)?url$/.exec(key)?.[1] ?? [],
	);
	return [...new Set(names)];
}
