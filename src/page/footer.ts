// The lines below the text: what goes on, a question's choices, and the box to type into.
import type { Input } from './input.ts';
import type { Footer, Page } from './page.ts';
import { cut, type StyledLine, span, widthOf } from './styled-text.ts';

/** With fewer rows the box would leave too little of the text. */
const rowsForBox = 14;
/** Of what is typed; what does not fit scrolls with the cursor. */
const mostTyped = 10;

export class FooterLines {
	readonly #page: Page;
	readonly #input: Input;
	#activity: (() => StyledLine) | undefined;
	#detail: readonly StyledLine[] = [];
	#hint: string | (() => string) | undefined;
	readonly #usualHint: string;
	#placeholder = '';

	constructor(page: Page, input: Input, usualHint: string) {
		this.#usualHint = usualHint;
		this.#page = page;
		this.#input = input;
		page.footer = (width, rows) => this.#draw(width, rows);
	}

	/** The moving line; asked for again at every redraw. */
	set activity(line: (() => StyledLine) | undefined) {
		this.#activity = line;
		this.#page.refresh();
	}

	/** Lines that stay only as long as something goes on. */
	set detail(lines: readonly StyledLine[]) {
		this.#detail = lines;
		this.#page.refresh();
	}

	/** Below the box, asked for again at every redraw; undefined goes back to the usual words. */
	set hint(text: string | (() => string) | undefined) {
		this.#hint = text;
		this.#page.refresh();
	}

	/** Shown in the empty box. */
	set placeholder(text: string) {
		this.#placeholder = text;
		this.#page.refresh();
	}

	#draw(width: number, rows: number): Footer {
		const above: StyledLine[] = [];
		const room = Math.max(1, rows - (rows < rowsForBox ? 4 : 8));
		above.push(...this.#detail.slice(-room));
		if (this.#activity) above.push(this.#activity());
		above.push(...queuedLines(this.#input));
		if (this.#input.asking === 'choice') return { lines: above };
		const boxed = rows >= rowsForBox && width >= 30;
		const most = Math.max(1, Math.min(mostTyped, room - above.length));
		const view = this.#input.editor.view(width - (boxed ? 6 : 3), most);
		const empty = this.#input.editor.text === '';
		const typed = view.rows.map((row, index): StyledLine => {
			const mark = index === 0 ? '❯ ' : '  ';
			const words = empty ? span(this.#placeholder, 'dim') : span(row);
			return [span(mark, this.#input.asking ? 'accent' : 'dim'), words];
		});
		if (!boxed) {
			const lines = [...above, ...typed];
			return { lines, cursor: { row: above.length + view.row, column: 2 + view.column } };
		}
		const inside = width - 4;
		const hint = typeof this.#hint === 'function' ? this.#hint() : this.#hint;
		const { notice } = this.#input.editor;
		const lines: readonly StyledLine[] = [
			...above,
			[span(`╭${'─'.repeat(width - 2)}╮`, 'dim')],
			...typed.map((line): StyledLine => {
				const content = cut(line, inside);
				const fill = ' '.repeat(Math.max(0, inside - widthOf(content)));
				return [span('│ ', 'dim'), ...content, span(`${fill} │`, 'dim')];
			}),
			[span(`╰${'─'.repeat(width - 2)}╯`, 'dim')],
			notice === null
				? [span(`  ${hint ?? this.#usualHint}`, 'dim')]
				: [span(`  ${notice}`, 'warn')],
		];
		const row = above.length + 1 + view.row;
		return { lines, cursor: { row, column: 4 + view.column } };
	}
}

/** The last lines that were typed ahead. */
function queuedLines({ queued, full }: Input): readonly StyledLine[] {
	const lines = queued
		.slice(-2)
		.map((text) => [span(`  later: ${text.replaceAll('\n', ' ')}`, 'dim')]);
	const whole = `  ${queued.length} lines wait; the next is taken once one of them was`;
	return full ? [...lines, [span(whole, 'warn')]] : lines;
}
