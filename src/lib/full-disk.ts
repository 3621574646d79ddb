// A full disk or a spent quota, in the words of Node and of the programs that weir runs.

const words = /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/;

/** Whether an error message, or what a program printed in the locale C, tells of a full disk. */
export function saysDiskFull(text: string): boolean {
	return words.test(text);
}
