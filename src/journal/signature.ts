// By what the events that weir recorded are told from those that another program added while no supervisor
// ran. Each is signed together with the signature before it. The key lies beside the journal, where no held
// program reads: whoever has all rights of the user and knows of it can sign as well (decision 57).
import { hash, randomBytes } from 'node:crypto';
import {
	closeSync,
	fsyncSync,
	openSync,
	readFileSync,
	renameSync,
	writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../lib/error-words.ts';

const keyBytes = 32;
const nameDigits = 8;
const signatureDigits = 32;

export class Signer {
	readonly #secret: string;
	/** Of the key: what was signed by another one cannot be judged. */
	readonly #name: string;

	/** With the key of this folder, which is made where there is none. */
	constructor(folder: string) {
		const path = join(folder, 'journal.key');
		const key = readKey(path) ?? makeKey(path);
		this.#secret = key.toString('hex');
		this.#name = hash('sha256', key).slice(0, nameDigits);
	}

	/** `previous` is the signature before it, null where there is none. */
	sign(texts: readonly string[], previous: string | null): string {
		// An HMAC takes Node fifty times as long; of half a hash nobody makes that of a longer text.
		const found = hash('sha256', this.#secret + JSON.stringify([previous, ...texts]));
		return `${this.#name}:${found.slice(0, signatureDigits)}`;
	}

	/** A short name for a text, which tells nothing of it to whoever has no key. */
	nameOf(text: string): string {
		return hash('sha256', `${this.#secret}name:${text}`).slice(0, nameDigits);
	}

	/** Whether it is of this key, right or wrong. */
	knows(signature: string): boolean {
		return signature.startsWith(`${this.#name}:`);
	}
}

function readKey(path: string): Buffer | null {
	try {
		const key = readFileSync(path);
		return key.length === keyBytes ? key : null;
	} catch (error) {
		if (errorCode(error) === 'ENOENT') return null;
		throw error;
	}
}

/** One that cannot be kept, on a full disk, is as one that is lost later: what it signed counts. */
function makeKey(path: string): Buffer {
	const key = randomBytes(keyBytes);
	try {
		const file = openSync(`${path}.new`, 'w', 0o600);
		try {
			writeSync(file, key);
			fsyncSync(file);
		} finally {
			closeSync(file);
		}
		renameSync(`${path}.new`, path);
	} catch (error) {
		console.error('the key of the journal is not kept:', error);
	}
	return key;
}
