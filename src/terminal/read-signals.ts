// Listens for the OSC sequences by which a program says what it does.
import type { TerminalSignal } from '../protocol/holder.ts';
import { KittyNotifications } from './kitty-notifications.ts';
import { signalReaders, statusQuestion } from './program-signals.ts';
import type { Terminal } from './xterm/library.ts';

export function readSignals(
	{ parser }: Terminal,
	put: (signal: TerminalSignal) => void,
	answer: (text: string) => void,
): void {
	for (const [code, read] of Object.entries(signalReaders)) {
		parser.registerOscHandler(Number(code), (payload) => {
			if (code === '7501' && payload === statusQuestion)
				answer(`\x1b]7501;${statusQuestion}\x1b\\`);
			const signal = read(payload);
			if (signal) put(signal);
			return true;
		});
	}
	const notifications = new KittyNotifications();
	parser.registerOscHandler(99, (payload) => {
		const signal = notifications.read(payload);
		if (signal) put(signal);
		return true;
	});
}
