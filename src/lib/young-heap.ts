import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the part of the heap small in which objects are young. What a program that runs for days
 * allocates for each frame and each key is dead at once, and V8 would let that part grow to 48 MB of
 * it. To be called before much has been allocated.
 */
export function keepYoungHeapSmall(): void {
	setFlagsFromString('--semi-space-growth-factor=1');
}
