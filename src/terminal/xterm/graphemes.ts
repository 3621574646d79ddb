// The widths of current terminals, as an addon of the emulator library. The order of these imports
// is that of their evaluation, and matters.
import './unpooled.ts';

import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';

import './pooled.ts';

export { UnicodeGraphemesAddon };
