import { installedVersion } from '../../lib/installation.ts';
import { print, printJson } from '../print.ts';
import { done, type Run } from '../verb.ts';

export const run: Run = async (call) => {
	const version = installedVersion;
	if (call.json) printJson({ v: 1, version, node: process.versions.node });
	else print(version);
	return done;
};
