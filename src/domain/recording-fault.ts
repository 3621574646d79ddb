// Why what a program prints is not recorded, and what helps, in words.

/** How the recording of an agent's output stands. */
export interface RecordingStanding {
	/** Why what is printed now is not recorded, as the system says it; null while it is. */
	readonly trouble: string | null;
	/** Bytes of output that could not be recorded. */
	readonly lost: number;
}

export interface RecordingFault {
	readonly why: string;
	readonly allow: string;
}

/** Null while all is recorded. */
export function recordingFault(
	agent: string,
	standing: RecordingStanding | null | undefined,
): RecordingFault | null {
	const trouble = standing?.trouble ?? null;
	if (trouble === null) return null;
	const known = faults.find(({ says }) => says.test(trouble));
	if (!known) return { why: trouble, allow: 'check the disk of the repository' };
	return { why: known.why, allow: known.allow(agent) };
}

const faults = [
	{
		says: /ENOSPC|EDQUOT/,
		why: 'the disk is full',
		allow: () => 'free space on the disk of the repository',
	},
	{
		says: /ENOENT|ENOTDIR/,
		why: 'the folder of its recording is gone',
		allow: (agent: string) => `weir respawn ${agent}`,
	},
	{
		says: /EACCES|EPERM|EROFS/,
		why: 'the folder of its recording cannot be written',
		allow: () => 'make .git/weir/recordings writable',
	},
] as const;
