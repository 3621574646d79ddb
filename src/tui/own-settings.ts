// What of the user's own is in force on this screen: keys, themes and the setting of one, and what is said
// about the files that they stand in.
import { bothSaid, settingsNews } from './chrome/settings-news.ts';
import type { KeysNews } from './keys/own-keys.ts';
import type { OwnThemes } from './look/own-themes.ts';
import type { Background } from './look/theme.ts';
import { themeNews } from './look/theme-news.ts';
import type { Mirror } from './mirror.ts';
import type { Message, View } from './view.ts';
import type { ViewChange } from './view-change.ts';

export interface OwnSettingsOptions {
	readonly mirror: Pick<Mirror, 'now' | 'ask'>;
	readonly view: () => View;
	readonly change: (change: ViewChange) => void;
	readonly say: (message: Message | null) => void;
}

export class OwnSettings {
	readonly #options: OwnSettingsOptions;
	#theme: string;

	/** `theme` is the one that is set at the start. */
	constructor(options: OwnSettingsOptions, theme: string) {
		this.#options = options;
		this.#theme = theme;
	}

	/** Other keys from now on, and what is to be said about them. */
	takeKeys({ keymap, message }: KeysNews): void {
		this.#options.change({ kind: 'keymap', keymap });
		this.#options.say(message);
	}

	/** At the start: what is wrong with files of keys and of themes. */
	takeFiles(keys: KeysNews, themes: OwnThemes): void {
		this.takeThemes(themes);
		const { message } = keys;
		const said = this.#options.view().message;
		if (message) this.takeKeys({ ...keys, message: bothSaid(said, message) });
	}

	/** Other themes of the user's to choose from, and what is wrong with one. */
	takeThemes(read: OwnThemes): void {
		const { change, say, view } = this.#options;
		const message = themeNews(read, view().theme);
		change({ kind: 'theme', theme: { own: read.own } });
		say(message);
	}

	/** At the start, too: what is wrong with settings files, beside what was said of the others. */
	async tellFaults(): Promise<void> {
		const { mirror, say, view } = this.#options;
		const read = await mirror.ask('settings.reload', {});
		if (!read.ok) return;
		const { message } = view();
		const news = settingsNews(read.value);
		if (news && message?.text !== news.text) say(bothSaid(message, news));
	}

	/** The terminal turned dark or light. */
	takeBackground(background: Background): void {
		const { change, view } = this.#options;
		if (background !== view().theme.background)
			change({ kind: 'theme', theme: { background } });
	}

	/** The setting counts when it changes; until then what was chosen by key does. */
	followTheme(): void {
		const { change, mirror } = this.#options;
		const { theme } = mirror.now.state.settings;
		if (theme === this.#theme) return;
		this.#theme = theme;
		change({ kind: 'theme', theme: { name: theme } });
	}
}
