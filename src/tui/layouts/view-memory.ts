// The views of the clients of one repository, a file each. A client is the session of the terminal that
// it runs in: it finds its own view again, and one that has none takes what was left last.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type KeptView, keptView } from '../../domain/kept-view.ts';
import { digest } from '../../lib/digest.ts';
import { errorCode } from '../../lib/error-words.ts';
import { Lifetime } from '../../lib/lifetime.ts';
import { makeFolders } from '../../lib/private-folder.ts';
import { identityOf, processRow } from '../../lib/processes.ts';

/** How long a change may be lost when the client is killed. */
const writeMs = 500;
/** Views of sessions that ended long ago are dropped, the oldest first. */
const mostViews = 16;
const largest = 1 << 20;

export class ViewMemory implements AsyncDisposable {
	readonly #folder: string;
	readonly #client: string;
	readonly #lifetime = new Lifetime();
	#wanted: KeptView | null = null;
	#writing: Promise<void> | undefined;
	#timed = false;

	/** `commonDir` is the repository's. */
	constructor(commonDir: string, client = thisClient()) {
		this.#folder = join(commonDir, 'weir', 'views');
		this.#client = client;
	}

	/**
	 * This client's own view, else the one that was written last, of which nobody else reads on; null
	 * where there is none.
	 */
	read(): KeptView | null {
		const own = readView(join(this.#folder, fileOf(this.#client)));
		if (own) return own;
		const [latest] = this.#byAge();
		const view = latest === undefined ? null : readView(join(this.#folder, latest));
		return view && { ...view, scrolled: {} };
	}

	/** Writes the view soon; of several the last. */
	keep(view: KeptView): void {
		this.#wanted = view;
		if (this.#timed) return;
		this.#timed = true;
		this.#lifetime.timer(writeMs, () => void this.#flush());
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#lifetime.close();
		await this.#flush();
	}

	async #flush(): Promise<void> {
		this.#timed = false;
		await this.#writing;
		const view = this.#wanted;
		this.#wanted = null;
		if (!view) return;
		this.#writing = this.#write(view);
		await this.#writing;
	}

	// Who cannot keep a view (a full disk, a repository that may only be read) still sees it.
	async #write(view: KeptView): Promise<void> {
		const path = join(this.#folder, fileOf(this.#client));
		const fresh = `${path}.${process.pid}`;
		try {
			makeFolders(this.#folder);
			await writeFile(fresh, JSON.stringify(view), { mode: 0o600 });
			await rename(fresh, path);
			for (const old of this.#byAge().slice(mostViews))
				await unlink(join(this.#folder, old));
		} catch (error) {
			if (errorCode(error) === undefined) throw error;
		}
	}

	/** File names, the youngest first. */
	#byAge(): readonly string[] {
		const ages = namesIn(this.#folder).map((name) => {
			const found = statSync(join(this.#folder, name), { throwIfNoEntry: false });
			return { name, at: found?.mtimeMs ?? 0 };
		});
		return ages.toSorted((one, other) => other.at - one.at).map(({ name }) => name);
	}
}

/** The session that this process belongs to, usually that of a shell in one window of a terminal. */
function thisClient(): string {
	const session = processRow(process.pid)?.session ?? 0;
	const leader = session > 0 ? identityOf(session) : null;
	return leader ? `${leader.bootId} ${leader.pid} ${leader.startTime}` : 'any';
}

function fileOf(client: string): string {
	return `${digest(client, 16)}.json`;
}

function namesIn(folder: string): readonly string[] {
	try {
		return readdirSync(folder).filter((name) => name.endsWith('.json'));
	} catch (error) {
		if (errorCode(error) === undefined) throw error;
		return [];
	}
}

/** Null where there is no such file, and where it is none of ours: a view is no loss. */
function readView(path: string): KeptView | null {
	const found = statSync(path, { throwIfNoEntry: false });
	if (!found?.isFile() || found.size > largest) return null;
	const read = keptView.safeParse(parsed(readFileSync(path, 'utf8')));
	return read.success ? read.data : null;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		if (error instanceof SyntaxError) return null;
		throw error;
	}
}
