// The connection of an agent's program that runs what it is told, see fixtures/attacks/runner.ts.
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface Answer {
	readonly code: number | null;
	readonly said: string;
	/** Wall clock of the agent's side. */
	readonly began: number;
	readonly ended: number;
}

interface Hello {
	readonly hello: string;
	readonly env: Record<string, string>;
}

export class RunnerLink {
	readonly hello: Promise<Hello>;
	readonly #socket: Socket;
	readonly #waiting = new Map<
		number,
		{
			readonly resolve: (answer: Answer) => void;
			readonly reject: (error: Error) => void;
		}
	>();
	#count = 0;

	constructor(socket: Socket) {
		this.#socket = socket;
		socket.on('error', () => undefined);
		this.hello = new Promise((resolve) => {
			createInterface({ input: socket }).on('line', (line) => {
				const said = JSON.parse(line) as Hello | ({ id: number } & Answer);
				if ('hello' in said) resolve(said);
				else this.#waiting.get(said.id)?.resolve(said);
			});
		});
		socket.on('close', () => {
			for (const { reject } of this.#waiting.values())
				reject(new Error('the agent has ended'));
		});
	}

	order(
		argv: readonly string[],
		cwd: string,
		limitMs: number,
		env: Readonly<Record<string, string>>,
	): Promise<Answer> {
		const id = ++this.#count;
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve, reject });
			this.#socket.write(`${JSON.stringify({ id, argv, cwd, limitMs, env })}\n`);
		});
	}

	close(): void {
		this.#socket.destroy();
	}
}
