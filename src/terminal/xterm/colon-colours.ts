/* oxlint-disable no-underscore-dangle -- the private names of the library */
// `38:2:r:g:b`, the older form of a true colour in colons, without the number of a colour space: many
// programs write it and most terminals read it. The library takes red for that number.
import type { Internals, SequenceParameters } from './internals.ts';

const colourCodes = new Set([38, 48, 58]);
/** `2:r:g:b`. */
const shortForm = 4;

export function readColonColours({ _inputHandler: handler }: Internals): void {
	handler._parser.registerCsiHandler({ final: 'm' }, (parameters) => {
		if (parameters._subParamsLength < shortForm || !hasShortForm(parameters))
			return false;
		handler.charAttributes(withColourSpace(parameters));
		return true;
	});
}

function hasShortForm(parameters: SequenceParameters): boolean {
	for (let at = 0; at < parameters.length; at += 1)
		if (isShortForm(parameters, at)) return true;
	return false;
}

function isShortForm(parameters: SequenceParameters, at: number): boolean {
	if (!colourCodes.has(parameters.params[at] ?? 0)) return false;
	const parts = parameters.getSubParams(at);
	return parts?.length === shortForm && parts[0] === 2;
}

function withColourSpace(parameters: SequenceParameters): SequenceParameters {
	return {
		params: parameters.params,
		length: parameters.length,
		_subParamsLength: parameters._subParamsLength,
		hasSubParams: (at) => parameters.hasSubParams(at),
		getSubParams(at) {
			const parts = parameters.getSubParams(at);
			if (!parts || !isShortForm(parameters, at)) return parts;
			const [kind = 2, ...colour] = parts;
			return Int32Array.of(kind, 0, ...colour);
		},
	};
}
