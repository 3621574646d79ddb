// A socket as something to write frames to, with a bound on what a slow peer may leave unread.
import type { Socket } from 'node:net';

/** A peer that leaves this much unread is cut off; it may connect again. */
const unreadLimit = 8 * 1024 * 1024;

export interface SocketTransport {
	write(bytes: Uint8Array): boolean;
	close(): void;
	/** Bytes that the peer has not read. */
	readonly unread: number;
}

/** Over the limit the socket is destroyed: nothing more of what was not read is worth keeping. */
export function socketTransport(socket: Socket): SocketTransport {
	return {
		get unread() {
			return socket.writableLength;
		},
		write(bytes) {
			const flowing = socket.write(bytes);
			if (socket.writableLength > unreadLimit) {
				socket.destroy(new Error(`the peer left ${socket.writableLength} bytes unread`));
			}
			return flowing;
		},
		close() {
			socket.end();
			// A peer that reads no more would keep the socket half open for ever.
			socket.setTimeout(1000, () => socket.destroy());
		},
	};
}
