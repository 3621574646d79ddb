// What this program prints goes into its log, errors of others' words with it: without secrets.
import type { Withheld } from './withheld.ts';

/** Until it is disposed of. */
export function coverLog(withheld: Pick<Withheld, 'out'>): Disposable {
	const streams = [process.stdout, process.stderr].map((stream) => {
		const write = Reflect.get(stream, 'write');
		Reflect.set(stream, 'write', (text: Uint8Array | string, ...rest: unknown[]) =>
			Reflect.apply(write, stream, [
				typeof text === 'string' ? withheld.out(text) : text,
				...rest,
			]),
		);
		return { stream, write };
	});
	return {
		[Symbol.dispose]() {
			for (const { stream, write } of streams) stream.write = write;
		},
	};
}
