// How a refusal is worded. It follows `weir: `, so it starts small and has no full stop, whichever
// module says no.

/** What is wrong with the sentences that the text of a source file refuses with. */
export function refusalFaults(text: string): string[] {
	return [...text.matchAll(sentences)].flatMap(({ groups }) => {
		const said = groups?.said ?? '';
		const shown = JSON.stringify(said.length > 60 ? `${said.slice(0, 60)}…` : said);
		return [
			...(/^[A-Z][a-z']* /.test(said) ? [`begins ${shown} large; write it small`] : []),
			...(/[^.]\.$/.test(said) ? [`ends ${shown} with a full stop; leave it out`] : []),
		];
	});
}

/** The sentence after a code: in `refuse(code, sentence` and in `code: …, message: sentence`. */
const sentences = new RegExp(
	[
		String.raw`(?:\b(?:refuse|refusal)\(\s*[^,;]+,|\bcode:[^,;]+,\s*message:)`,
		String.raw`\s*(?:[^'"\`,;(]+\?\s*)?(?<quote>['"\`])(?<said>(?:\\.|\$\{[^{}]*\}|(?!\k<quote>).)*)\k<quote>`,
	].join(''),
	'g',
);
