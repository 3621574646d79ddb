// Apart from what notifications are made of: it is asked before anything else is loaded.

/** Asks whether the terminal knows OSC 99 (sw.kovidgoyal.net/kitty/desktop-notifications). */
export const notificationQuestion = '\x1b]99;i=weir:p=?;\x1b\\';
