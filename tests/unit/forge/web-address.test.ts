import { expect, test } from 'vitest';
import { pageToOpen, placeOf } from '../../../src/forge/web-address.ts';

const app = { host: 'github.com', owner: 'acme', name: 'app' };

test.each([
	'https://github.com/acme/app.git',
	'https://me:hunter2@github.com/acme/app',
	'ssh://git@github.com:22/acme/app.git/',
	'git@github.com:acme/app.git',
	'github.com:acme/app',
])('%s is told apart', (address) => {
	expect(placeOf(address)).toEqual(app);
});

test.each([
	'/srv/app.git',
	'../app',
	'file:///srv/acme/app',
	'ext::sh -c id',
	'https://github.com/acme/group/app',
	'git@github.com:acme/$(id)',
	'https://github.com',
])('%s tells of no site', (address) => {
	expect(placeOf(address)).toBeNull();
});

test('a page to open one by hand is known of one site, and branches are words of it', () => {
	const between = { base: 'main', branch: 'weir/a?b' };
	expect(pageToOpen(app, between)).toBe(
		'https://github.com/acme/app/compare/main...weir/a%3Fb?expand=1',
	);
	expect(pageToOpen({ ...app, host: 'gitlab.com' }, between)).toBeNull();
	expect(pageToOpen(null, between)).toBeNull();
});
