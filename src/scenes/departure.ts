/** Thrown to leave the scene from wherever it is; not a fault. */
export class Departure extends Error {
	readonly code: number;
	/** Ends by this signal instead of by the code. */
	readonly signal: NodeJS.Signals | undefined;

	constructor(code: number, signal?: NodeJS.Signals) {
		super(signal ? `leaves by ${signal}` : `leaves with ${code}`);
		this.code = code;
		this.signal = signal;
	}
}

/** The scene does not fit the folder it plays in, or a command ended otherwise than foreseen. */
export class SceneFailure extends Error {}
