// Devices beside those that every sandbox has: what computes, shows and emulates. Never a disk.
import { readdirSync } from 'node:fs';

const named = /^(?:dri|kvm|kfd|dxg|fuse|snd|nvidia.*|accel)$/;

export function graphicDevices(): string[] {
	return readdirSync('/dev')
		.filter((name) => named.test(name))
		.map((name) => `/dev/${name}`);
}
