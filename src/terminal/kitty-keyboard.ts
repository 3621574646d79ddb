// Flags of the kitty keyboard protocol (sw.kovidgoyal.net/kitty/keyboard-protocol): a stack for each
// of the two screens. Encoding keys by them is the client's work; here they are only remembered.

const depthLimit = 16;
const knownFlags = 31;

export class KittyKeyboard {
	#stacks: [number[], number[]] = [[0], [0]];

	/** The flags in force on a screen. */
	flags(alternate: boolean): number {
		return this.#stack(alternate).at(-1) ?? 0;
	}

	/** `CSI > flags u`; beyond the depth the oldest entry goes. */
	push(alternate: boolean, flags: number): void {
		const stack = this.#stack(alternate);
		stack.push(flags & knownFlags);
		if (stack.length > depthLimit) stack.shift();
	}

	/** `CSI < count u`; an emptied stack means no flags. */
	pop(alternate: boolean, count: number): void {
		const stack = this.#stack(alternate);
		stack.length = Math.max(0, stack.length - Math.max(1, count));
		if (stack.length === 0) stack.push(0);
	}

	/** `CSI = flags ; mode u`: 1 replaces, 2 adds, 3 takes away. */
	set(alternate: boolean, flags: number, mode: number): void {
		const stack = this.#stack(alternate);
		const known = flags & knownFlags;
		const current = stack.pop() ?? 0;
		if (mode === 2) stack.push(current | known);
		else if (mode === 3) stack.push(current & ~known);
		else stack.push(known);
	}

	reset(): void {
		this.#stacks = [[0], [0]];
	}

	save(): readonly (readonly number[])[] {
		return this.#stacks.map((stack) => [...stack]);
	}

	restore(saved: readonly (readonly number[])[]): void {
		this.#stacks = [[...(saved[0] ?? [0])], [...(saved[1] ?? [0])]];
	}

	#stack(alternate: boolean): number[] {
		return this.#stacks[alternate ? 1 : 0];
	}
}
