// File systems of other machines, on which processes here do not share memory and locks do not hold.
import { statfsSync } from 'node:fs';

// f_type of Linux statfs(2); other systems use other numbers, none of which is among these.
const remoteTypes: ReadonlyMap<number, string> = new Map([
	[0x6969, 'NFS'],
	[0x01021997, '9p'],
	[0xff534d42, 'a Windows share (CIFS)'],
	[0xfe534d42, 'a Windows share (SMB)'],
	[0x517b, 'a Windows share (SMB)'],
]);

/** What a path lies on where that is another machine's; null where it is a disk of this one. */
export function remoteFileSystem(path: string): string | null {
	return remoteTypes.get(statfsSync(path).type >>> 0) ?? null;
}
