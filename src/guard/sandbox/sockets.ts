// Ways past a sandbox: whoever speaks to a service outside can let that write. What is not named in the
// settings is neither there nor told of.
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { GuardSocket } from '../../domain/guard.ts';

interface Service {
	readonly variables: readonly string[];
	/** Where its sockets lie, if they are there. */
	sockets(where: Where): readonly (string | undefined)[];
	/** Folders that it writes itself, for those who are allowed to speak to it. */
	folders?(where: Where): readonly string[];
}

export interface Where {
	readonly home: string;
	readonly user: number;
	readonly environment: Readonly<Record<string, string | undefined>>;
}

const runtimeOf = ({ user, environment }: Where) =>
	environment.XDG_RUNTIME_DIR ?? `/run/user/${user}`;

const services: Readonly<Record<GuardSocket, Service>> = {
	'ssh-agent': {
		variables: ['SSH_AUTH_SOCK', 'SSH_AGENT_PID'],
		sockets: ({ environment }) => [environment.SSH_AUTH_SOCK],
	},
	'gpg-agent': {
		variables: ['GPG_AGENT_INFO'],
		sockets: (where) => [
			...['', '.extra', '.ssh', '.browser'].map((name) =>
				join(where.home, '.gnupg', `S.gpg-agent${name}`),
			),
			join(where.home, '.gnupg', 'S.keyboxd'),
			join(runtimeOf(where), 'gnupg'),
		],
		folders: ({ home }) => [join(home, '.gnupg')],
	},
	docker: {
		variables: ['DOCKER_HOST', 'CONTAINER_HOST', 'BUILDKIT_HOST'],
		sockets: (where) => [
			'/run/docker.sock',
			'/run/podman/podman.sock',
			'/run/containerd/containerd.sock',
			'/run/buildkit/buildkitd.sock',
			'/run/crio/crio.sock',
			join(where.home, '.docker/run/docker.sock'),
			join(where.home, '.docker/desktop/docker.sock'),
			join(runtimeOf(where), 'docker.sock'),
			join(runtimeOf(where), 'podman'),
		],
	},
	dbus: {
		variables: ['DBUS_SESSION_BUS_ADDRESS', 'DBUS_SYSTEM_BUS_ADDRESS'],
		sockets: (where) => ['/run/dbus/system_bus_socket', join(runtimeOf(where), 'bus')],
	},
	tmux: {
		variables: ['TMUX_TMPDIR'],
		sockets: (where) => [
			join(where.environment.TMUX_TMPDIR ?? '/tmp', `tmux-${where.user}`),
		],
	},
	// No socket leads to them: see `landlockPlan`.
	terminals: { variables: [], sockets: () => [] },
};

/** Of no service that can be asked for. */
const others = [
	'/run/systemd/private',
	'/run/snapd.socket',
	'/run/libvirt/libvirt-sock',
	'/var/lib/lxd/unix.socket',
	'/var/snap/lxd/common/lxd/unix.socket',
	'/var/lib/incus/unix.socket',
	'/run/incus/unix.socket',
];

export interface Ways {
	/** Shut, since nobody asked for them. */
	readonly hidden: readonly string[];
	/** Left open: sockets and folders of sockets. */
	readonly shown: readonly string[];
	/** Written by those who use them. */
	readonly open: readonly string[];
	/** Variables that lead to what is shut. */
	readonly dropped: readonly string[];
}

export function waysOut(named: readonly GuardSocket[], where: Where): Ways {
	const all = Object.entries(services) as [GuardSocket, Service][];
	const opened = all.filter(([name]) => named.includes(name));
	const shut = all.filter(([name]) => !named.includes(name));
	const sockets = (some: typeof all) =>
		some.flatMap(([, service]) => service.sockets(where)).filter(isThere);
	return {
		hidden: [...sockets(shut), ...others.filter(isThere)].filter(isNoFolder),
		shown: sockets(opened),
		open: opened.flatMap(([, service]) => service.folders?.(where) ?? []).filter(isThere),
		dropped: shut.flatMap(([, { variables }]) => variables),
	};
}

function isThere(path: string | undefined): path is string {
	return (
		path !== undefined &&
		path.startsWith('/') &&
		lstatSync(path, { throwIfNoEntry: false }) !== undefined
	);
}

/** The folders among them lie in what is emptied anyway. */
function isNoFolder(path: string): boolean {
	return !lstatSync(path, { throwIfNoEntry: false })?.isDirectory();
}
