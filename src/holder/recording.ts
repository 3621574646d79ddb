// The recording of one pane, and the folder where it lies: it is read there too.
import type { FollowedFolder } from '../lib/followed-folder.ts';
import type { Recorder } from '../terminal/recorder.ts';

export interface Recording {
	readonly folder: FollowedFolder;
	readonly recorder: Recorder;
}
