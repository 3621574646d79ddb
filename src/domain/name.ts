// Names of agents: typed often, part of branches and folders, so they are narrow.
import { type Outcome, ok, refuse } from '../lib/outcome.ts';

const shape = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Words that verbs take where a name could stand. */
const reserved = new Set([
	'human',
	'all',
	'integration',
	'start',
	'stop',
	'check',
	'list',
	'get',
	'set',
	'schema',
	'echo',
	'send',
	'read',
	'reply',
	'wait',
	'show',
	'add',
	'request',
	'reorder',
	'hold',
	'release',
]);

/** Whether `text` may name an agent; the refusal proposes a name that may. */
export function checkName(text: string): Outcome<string> {
	const wrong = whatIsWrong(text);
	if (wrong === null) return ok(text);
	const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
	const proposal = proposeName(text);
	return refuse(
		'name.invalid',
		`the name ${shown} ${wrong}; names are a-z, 0-9, ".", "_", "-", at most 64 characters`,
		`use ${proposal ?? 'a name like api or fix-2'}`,
	);
}

/** The nearest valid name, or null where nothing of the text is left. */
export function proposeName(text: string): string | null {
	const near = text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z0-9._-]+/g, '-')
		.replace(/\.\.+/g, '.')
		.replace(/^[^a-z0-9]+/, '')
		.slice(0, 64)
		.replace(/(\.lock|[^a-z0-9])+$/, '');
	if (near === '') return null;
	const usable = reserved.has(near) ? `${near}-1` : near;
	return whatIsWrong(usable) === null ? usable : null;
}

function whatIsWrong(text: string): string | null {
	if (text === '') return 'is empty';
	if (text.length > 64) return `has ${text.length} characters`;
	if (text.startsWith('-')) return 'starts with "-"';
	if (/^[._]/.test(text)) return 'does not begin with a letter or a digit';
	if (!shape.test(text)) return 'has characters that are not allowed';
	if (text.includes('..')) return 'contains ".."';
	if (text.endsWith('.lock') || text.endsWith('.'))
		return 'ends in a way that git refuses';
	if (reserved.has(text)) return 'is a word that weir reserves';
	return null;
}
