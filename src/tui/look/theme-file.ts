// What a theme file says, checked entry by entry. By hand and not by a schema: panes do not wait for
// zod.
import { themeNames } from '../../domain/theme-names.ts';
import { noSuch } from '../../lib/nearest-word.ts';
import type { YamlPath } from '../../lib/yaml.ts';
import { mappingOf, type TellFault } from '../../lib/yaml-mapping.ts';
import { type Role, type RoleStyle, roleNames } from './theme.ts';
import type { OwnTheme } from './theme-choice.ts';

export interface ThemeFault {
	readonly path: YamlPath;
	readonly message: string;
}

/** Reads what is right and tells what is not. */
export function checkThemeFile(value: unknown): {
	readonly theme: OwnTheme;
	readonly faults: readonly ThemeFault[];
} {
	const faults: ThemeFault[] = [];
	const fault: TellFault = (path, message) => void faults.push({ path, message });
	const all = mappingOf(value ?? {}, [], 'a theme', fault);
	for (const field of Object.keys(all))
		if (!fields.includes(field)) fault([field], noSuch('field', field, fields));
	const base = themeNames.find((name) => name === (all['base'] ?? 'auto'));
	if (!base) fault(['base'], `base: expected one of ${themeNames.join(', ')}`);
	const roles = mappingOf(all['roles'] ?? {}, ['roles'], 'roles', fault);
	const styles: Partial<Record<Role, RoleStyle>> = {};
	for (const [name, style] of Object.entries(roles)) {
		const role = roleNames.find((one) => one === name);
		if (!role) fault(['roles', name], noSuch('role', name, roleNames));
		else styles[role] = styleOf(style, ['roles', name], fault);
	}
	return { theme: { base: base ?? 'auto', roles: styles }, faults };
}

const fields = ['base', 'roles'];

/** Attributes of a file, and what they are called where they are drawn. */
const attributes = {
	bold: 'bold',
	dim: 'dimColor',
	reverse: 'inverse',
	underline: 'underline',
} as const;

function styleOf(value: unknown, path: YamlPath, fault: TellFault): RoleStyle {
	if (typeof value === 'string') return colourStyle(value, path, fault);
	const map = mappingOf(value, path, String(path.at(-1)), fault);
	let style: { -readonly [K in keyof RoleStyle]: RoleStyle[K] } = {};
	for (const [name, given] of Object.entries(map)) {
		const attribute = Object.entries(attributes).find(([one]) => one === name)?.[1];
		const at = [...path, name];
		if (name === 'color' || name === 'colour')
			style = { ...style, ...colourStyle(given, at, fault) };
		else if (attribute === undefined)
			fault(at, noSuch('attribute', name, ['colour', ...Object.keys(attributes)]));
		else if (typeof given !== 'boolean') fault(at, `${name}: expected true or false`);
		else style[attribute] = given;
	}
	return style;
}

const plainNames = [
	'black',
	'red',
	'green',
	'yellow',
	'blue',
	'magenta',
	'cyan',
	'white',
];

function colourStyle(value: unknown, path: YamlPath, fault: TellFault): RoleStyle {
	if (typeof value === 'string') {
		if (/^#[\da-f]{6}$/i.test(value)) return { color: value.toLowerCase() };
		const [, bright = '', name = ''] = /^(bright-)?([a-z]+)$/.exec(value) ?? [];
		if (plainNames.includes(name)) return { color: bright ? `${name}Bright` : name };
	}
	fault(
		path,
		`${String(path.at(-1))}: expected a colour such as "#ffc24b", red or bright-red`,
	);
	return {};
}
