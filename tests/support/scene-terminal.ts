// Plays a scene in a real pty and shows what a person would see of it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import xterm from '@xterm/headless';
import { type IPty, spawn } from 'node-pty';
import { formatYaml } from '../../src/lib/yaml.ts';
import type { Scene } from '../../src/scenes/scene.ts';

const player = join(import.meta.dirname, '../../src/scenes/main.ts');

export interface SceneEnd {
	readonly code: number;
	readonly signal: number;
}

export interface SceneOptions {
	readonly columns?: number;
	readonly rows?: number;
	readonly speed?: number;
	readonly flags?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	/** The folder to play in; a fresh one of its own otherwise. */
	readonly cwd?: string;
}

export class SceneTerminal implements AsyncDisposable {
	readonly cwd: string;
	readonly ended: Promise<SceneEnd>;
	readonly #scratch: string;
	readonly #pty: IPty;
	readonly #emulator: xterm.Terminal;
	readonly #waiting = new Set<() => void>();
	readonly #chunks: string[] = [];
	#noticing = false;
	#over = false;

	constructor(steps: Scene['steps'] | Scene, options: SceneOptions = {}) {
		const { columns = 80, rows = 24, speed = 50, flags = [], env = {} } = options;
		const scene = 'steps' in steps ? steps : { scene: 'test', steps };
		this.#scratch = mkdtempSync(join(tmpdir(), 'weir-scene-'));
		this.cwd = options.cwd ?? this.#scratch;
		const file = join(this.#scratch, 'scene.yaml');
		writeFileSync(file, formatYaml(scene));
		this.#emulator = new xterm.Terminal({
			cols: columns,
			rows,
			scrollback: 5000,
			allowProposedApi: true,
		});
		const argv = [player, 'play', file, '--speed', String(speed), ...flags];
		this.#pty = spawn(process.execPath, argv, {
			name: 'xterm-256color',
			cols: columns,
			rows,
			cwd: this.cwd,
			env: {
				PATH: process.env.PATH ?? '',
				HOME: this.#scratch,
				TERM: 'xterm-256color',
				...env,
			},
		});
		this.#pty.onData((data) => {
			this.#chunks.push(data);
			this.#emulator.write(data, () => this.#notice());
		});
		this.ended = new Promise((resolve) => {
			this.#pty.onExit(({ exitCode, signal }) => {
				this.#over = true;
				// The emulator has taken in what came before once it takes an empty write.
				this.#emulator.write('', () => {
					resolve({ code: exitCode, signal: signal ?? 0 });
					this.#notice();
				});
			});
		});
	}

	get pid(): number {
		return this.#pty.pid;
	}

	/** All that the program wrote. */
	get raw(): string {
		return this.#chunks.join('');
	}

	type(text: string): void {
		this.#pty.write(text);
	}

	resize(columns: number, rows: number): void {
		this.#emulator.resize(columns, rows);
		this.#pty.resize(columns, rows);
	}

	signal(name: NodeJS.Signals): void {
		process.kill(this.pid, name);
	}

	/** Takes the terminal away from under the program. */
	hangUp(): void {
		// The typed surface of node-pty has no word for it; `destroy` closes the master side.
		(this.#pty as unknown as { destroy(): void }).destroy();
	}

	/** The states reported by OSC 7501, in order. */
	states(): readonly string[] {
		return [...this.raw.matchAll(/\u001b\]7501;state=([a-z]+)/g)].map(
			(match) => match[1] ?? '',
		);
	}

	/** The rows of the screen without trailing blanks. */
	screen(): string {
		const buffer = this.#emulator.buffer.active;
		return this.#rows(buffer.baseY, buffer.baseY + this.#emulator.rows);
	}

	/** The screen with all that has scrolled away. */
	everything(): string {
		return this.#rows(0, this.#emulator.buffer.active.length);
	}

	cursor(): { readonly row: number; readonly column: number } {
		const { cursorX, cursorY } = this.#emulator.buffer.active;
		return { row: cursorY, column: cursorX };
	}

	/** Resolves once this stands anywhere on the screen or above it. */
	async shows(wanted: string | RegExp): Promise<void> {
		await this.until(`'${wanted}' on the screen`, () => {
			const text = this.everything();
			return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
		});
	}

	async until(what: string, holds: () => boolean): Promise<void> {
		if (holds()) return;
		await new Promise<void>((resolve, reject) => {
			const fail = (why: string) => {
				stop();
				reject(new Error(`${why} before ${what}\n${this.everything()}`));
			};
			const look = () => {
				if (holds()) {
					stop();
					resolve();
				} else if (this.#over) fail('the program ended');
			};
			const patience = setTimeout(() => fail('ninety seconds passed'), 90_000);
			const stop = () => {
				clearTimeout(patience);
				this.#waiting.delete(look);
			};
			this.#waiting.add(look);
		});
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (!this.#over) this.#pty.kill('SIGKILL');
		await this.ended;
		this.#emulator.dispose();
		rmSync(this.#scratch, { recursive: true, force: true, maxRetries: 5 });
	}

	/** Looks once for all that came in one go: reading the screen is dear in a flood. */
	#notice(): void {
		if (this.#noticing) return;
		this.#noticing = true;
		setTimeout(() => {
			this.#noticing = false;
			for (const look of [...this.#waiting]) look();
		}, 5);
	}

	#rows(from: number, to: number): string {
		const buffer = this.#emulator.buffer.active;
		return Array.from(
			{ length: to - from },
			(_, index) => buffer.getLine(from + index)?.translateToString(true) ?? '',
		)
			.join('\n')
			.trimEnd();
	}
}
