// From what is typed to what is done: keys are looked up in the table, text goes into fields, and in
// TYPE all goes to the pane but the leader, the chords and what is not the pane's.
import { holds } from '../../domain/area.ts';
import { fitsScreen } from '../../lib/terminal-fitness.ts';
import { actions } from '../actions/actions.ts';
import type { Controls } from '../actions/controls.ts';
import { type Dialog, losing } from '../cards/dialog.ts';
import { fieldOfDialog, withField } from '../cards/dialog-field.ts';
import { refusalMessage } from '../chrome/message-line.ts';
import { editField, insertText, type TextField } from '../chrome/text-field.ts';
import { itemAimedAt } from '../inbox/inbox-list.ts';
import { type InputEvent, type InputMode, KeyMode } from '../input/input.ts';
import type { Key } from '../input/input-keys.ts';
import { Pointer } from '../input/pointer.ts';
import { TypeMode } from '../input/typing.ts';
import type { TerminalReply } from '../terminal/terminal-replies.ts';
import { focusedAgent } from '../view.ts';
import { contextOf } from './context-of.ts';
import type { KeyContext } from './key-contexts.ts';
import { type BoundKey, keyLabel, rowOf, waysOn } from './keys.ts';
import { typingKeys } from './typing-keys.ts';
import { unknownKey } from './unknown-key.ts';

export interface KeyboardOptions {
	readonly controls: Controls;
	readonly after: (milliseconds: number, run: () => void) => () => void;
	readonly clock: () => number;
	readonly onReply: (reply: TerminalReply) => void;
	/** The user's terminal got the focus or lost it. */
	readonly onFocus: (focused: boolean) => void;
	/** Flags of kitty's keyboard protocol that are set in the user's terminal. */
	readonly outerFlags: () => number;
	/** A key of the panes that no row has, or the leader; true where it was waited for. */
	readonly onUnbound: (key: string) => boolean;
	/** A row of the table was run. */
	readonly onRun: (row: BoundKey) => void;
}

/** How long a dialog that asks about a loss hears nothing: what was typed ahead is not its answer. */
const deafMs = 400;
const leaderMenuMs = 300;

export class Keyboard implements Disposable {
	readonly #options: KeyboardOptions;
	readonly #nav: KeyMode;
	readonly #type: TypeMode;
	readonly #pointer: Pointer;
	#openedAt = 0;
	/** Of the inbox, what an answer would be about, and since when. */
	#aim: string | null = null;
	#aimedAt = 0;
	#dialog: Dialog['kind'] | null = null;
	#menu: (() => void) | undefined;
	#pasted = '';
	/** The keys pressed so far of several that are one binding. */
	#begun = '';

	constructor(options: KeyboardOptions) {
		this.#options = options;
		this.#nav = new KeyMode((event) => this.#event(event));
		const { controls, onFocus, onReply } = options;
		this.#pointer = new Pointer(controls, options.clock);
		this.#type = new TypeMode({
			keys: () => ({
				...typingKeys(controls.view.keymap, this.#modes()),
				isCommand: (key) => this.#isCommand(key),
			}),
			target: () => this.#target(),
			onLeader: (pending) => this.#leader(pending),
			onCommand: (key) => this.#goOn('nav', key),
			onChord: (key) => void this.#goOn('type', key),
			onLeave: () => {
				this.#begun = '';
				controls.change({ kind: 'mode', mode: 'nav' });
			},
			onMouse: (mouse) => this.#pointer.take(mouse),
			onFocus,
			onReply,
			onRiskyPaste: ({ bytes, lines, cut }) => this.#riskyPaste(bytes, lines, cut),
		});
	}

	/** The mode that takes the next token. */
	get mode(): InputMode {
		const { view } = this.#options.controls;
		const typing = view.mode === 'type' && view.dialog === null;
		return typing && fitsScreen(view).ok ? this.#type : this.#nav;
	}

	/** To be called after each change of the view: a dialog may have opened, the target changed. */
	viewChanged(): void {
		const { dialog } = this.#options.controls.view;
		this.#takeAim();
		const kind = dialog?.kind ?? null;
		if (kind === this.#dialog) return;
		this.#dialog = kind;
		this.#begun = '';
		if (kind !== null) this.#openedAt = this.#options.clock();
		if (kind !== null) this.#type.reset();
	}

	/** The pane that is typed into is another: what was half typed is forgotten. */
	targetChanged(): void {
		this.#begun = '';
		this.#type.reset();
	}

	/** Runs a row of the table, or says why it cannot be done now. */
	run(row: BoundKey): void {
		const { controls } = this.#options;
		const no = row.whyNot?.(controls) ?? null;
		if (no) return controls.say(refusalMessage(no));
		this.#options.onRun(row);
		void actions[row.action](controls);
	}

	[Symbol.dispose](): void {
		this.#menu?.();
	}

	#event(event: InputEvent): void {
		const { controls } = this.#options;
		// On a screen that is too small nothing is seen of what a key would do, but for leaving.
		if (event.kind !== 'reply' && !fitsScreen(controls.view).ok) {
			const { keymap } = controls.view;
			if (
				event.kind === 'key' &&
				rowOf(keymap, 'nav', event.name)?.action === 'quit.open'
			)
				controls.leave(0);
			return;
		}
		switch (event.kind) {
			case 'key':
				return this.#key(event);
			case 'paste':
				return this.#paste(event);
			case 'mouse':
				return this.#pointer.take(event.mouse);
			case 'reply':
				return this.#options.onReply(event.reply);
			case 'focus':
				return this.#options.onFocus(event.focused);
		}
	}

	#key(key: Key): void {
		const { controls, clock } = this.#options;
		const { dialog } = controls.view;
		if (dialog && losing.has(dialog.kind) && clock() - this.#openedAt < deafMs) {
			// Who was typing types on before the dialog is seen: it waits for a pause.
			if (controls.view.mode === 'type') this.#openedAt = clock();
			return;
		}
		const context = contextOf(controls.view);
		if (this.#begun !== '') return void this.#goOn(context, key);
		const row = rowOf(controls.view.keymap, context, key.name);
		// What has just come under the cursor is not what the key was meant for.
		if (row?.answers && clock() - this.#aimedAt < deafMs) return;
		const toField = isTyped(key) && fieldOfDialog(dialog) !== null;
		if (row && !toField) return this.#press(row);
		if (!toField && this.#begins(context, key.name)) return;
		if (this.#edit(dialog, (field) => editField(field, key))) return;
		if (row) return this.#press(row);
		if (dialog?.kind === 'away') return controls.change({ kind: 'dialog', dialog: null });
		if (dialog !== null || this.#options.onUnbound(key.name)) return;
		if (key.name !== controls.view.keymap.leader)
			controls.say(unknownKey(keyLabel(key.name), controls));
	}

	#isCommand(key: string): boolean {
		const { keymap } = this.#options.controls.view;
		const keys = this.#begun === '' ? key : `${this.#begun} ${key}`;
		return (
			rowOf(keymap, 'nav', keys) !== undefined || waysOn(keymap, 'nav', keys).length > 0
		);
	}

	/** A key after the leader, or after those that a sequence began with. True: it takes more. */
	#goOn(context: KeyContext, key: Key): boolean {
		const { controls } = this.#options;
		const { keymap, mode } = controls.view;
		const keys = this.#begun === '' ? key.name : `${this.#begun} ${key.name}`;
		const row = rowOf(keymap, context, keys);
		if (!row && this.#begins(context, keys)) return true;
		const alone = this.#begun === '' && mode === 'type';
		this.#begun = '';
		if (row) this.#press(row);
		else if (key.name === 'escape') controls.change({ kind: 'message', message: null });
		else {
			const after = alone ? ` after ${keyLabel(keymap.leader)}` : ' here';
			const text = `${keyLabel(keys)} means nothing${after}`;
			controls.say({ text, allow: null, tone: 'plain' });
		}
		return false;
	}

	/** The keys begin a longer binding: it is kept, and how it can go on is said. */
	#begins(context: KeyContext, keys: string): boolean {
		const { controls } = this.#options;
		const ways = waysOn(controls.view.keymap, context, keys);
		if (ways.length === 0) return false;
		this.#begun = keys;
		const allow = ways
			.map(({ key, row }) => `${key} ${row.short ?? row.help}`)
			.join('  ');
		controls.say({ text: `${keyLabel(keys)} -`, allow, tone: 'plain' });
		return true;
	}

	#press(row: BoundKey): void {
		const { controls } = this.#options;
		if (controls.view.message !== null && row.action !== 'view.back')
			controls.change({ kind: 'message', message: null });
		this.run(row);
		if (row.aims) this.#aimedAt = Number.NEGATIVE_INFINITY;
		controls.inbox.keyPressed();
	}

	#takeAim(): void {
		const { controls, clock } = this.#options;
		const { state, view } = controls;
		const item = itemAimedAt(state, view);
		const aim = view.dialog?.kind === 'alike' ? 'alike' : (item?.id ?? null);
		if (aim === this.#aim) return;
		this.#aim = aim;
		this.#aimedAt = clock();
		void controls.inbox.aimed(item);
	}

	#edit(
		dialog: Dialog | null,
		edit: (field: TextField) => TextField | undefined,
	): boolean {
		const field = fieldOfDialog(dialog);
		if (!dialog || !field) return false;
		const edited = edit(field);
		if (!edited) return false;
		this.#options.controls.change({ kind: 'dialog', dialog: withField(dialog, edited) });
		return true;
	}

	#paste({ bytes, first, last }: Extract<InputEvent, { kind: 'paste' }>): void {
		const { controls } = this.#options;
		const text = Buffer.from(bytes).toString();
		this.#pasted = first ? text : (this.#pasted + text).slice(0, 100_000);
		if (!last) return;
		const line = this.#pasted.replaceAll(/\r\n?/g, '\n');
		this.#pasted = '';
		const { dialog } = controls.view;
		const oneLine = dialog?.kind === 'merge' ? line : line.replaceAll('\n', ' ');
		if (this.#edit(dialog, (field) => insertText(field, oneLine))) return;
		// Keys of a paste would be commands.
		controls.say({
			text: 'a paste is typed text, and nothing is typed here',
			allow: '{pane.type} types into the pane',
			tone: 'plain',
		});
	}

	#leader(pending: boolean): void {
		const { controls, after } = this.#options;
		this.#menu?.();
		this.#menu = undefined;
		if (pending) this.#options.onUnbound(controls.view.keymap.leader);
		controls.change({ kind: 'leader', leader: pending ? 'pressed' : 'none' });
		if (pending)
			this.#menu = after(leaderMenuMs, () =>
				controls.change({ kind: 'leader', leader: 'menu' }),
			);
	}

	#target() {
		const { controls, outerFlags } = this.#options;
		const { focus } = controls.view;
		const pane = focus === null ? undefined : controls.pane(focus);
		return {
			modes: pane?.modes ?? 0,
			kittyFlags: pane?.kittyFlags ?? 0,
			outerFlags: outerFlags(),
			cellAt: (x: number, y: number, clamp: boolean) => {
				const area = pane?.area;
				if (!area || this.#pointer.dragging) return null;
				if (!clamp && !holds(area, x, y)) return null;
				return pane.cellAt(x, y);
			},
			send: (bytes: Uint8Array) => {
				if (focus !== null) controls.type(focus, bytes);
			},
		};
	}

	#modes(): number {
		const { controls } = this.#options;
		const { focus } = controls.view;
		return (focus === null ? undefined : controls.pane(focus))?.modes ?? 0;
	}

	#riskyPaste(bytes: Uint8Array, lines: number, cut: boolean): void {
		const { controls } = this.#options;
		const agent = focusedAgent(controls.state, controls.view);
		if (!agent) return;
		const { id, name } = agent;
		controls.change({
			kind: 'dialog',
			dialog: { kind: 'paste', agent: id, name, lines, cut, bytes },
		});
	}
}

function isTyped(key: Key): boolean {
	return key.text !== '';
}
