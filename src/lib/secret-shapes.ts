// Secrets that are known by how they look: keys and tokens of services by their first letters, what stands
// behind a name that says so, passwords in addresses, private keys. Only ASCII counts, so that bytes as
// latin1 are searched as texts are.

/** Where a secret stands in a text. */
export type Stretch = readonly [start: number, end: number];

/** Those of services: each begins in a way that nothing else does. A digit keeps words out. */
const marked: readonly string[] = [
	// Anthropic, OpenAI and those who followed them; Stripe.
	String.raw`sk-(?=[\w-]{0,64}\d)[\w-]{16,}`,
	String.raw`[rs]k_(?:live|test)_\w{10,}`,
	String.raw`whsec_[\w+/=]{16,}`,
	// GitHub, GitLab.
	String.raw`gh[oprsu]_\w{20,}`,
	String.raw`github_pat_\w{20,}`,
	String.raw`gl(?:pat|ptt|dt|rt|soat)-[\w.-]{16,}`,
	// AWS, Google.
	String.raw`A[KS]IA[A-Z0-9]{16}(?![A-Z0-9])`,
	String.raw`ya29\.[\w.-]{20,}`,
	String.raw`GOCSPX-[\w-]{20,}`,
	// Slack, npm, PyPI, Hugging Face, DigitalOcean, SendGrid, Docker, Shopify, Vault, age, others.
	String.raw`xox[abceoprs]-[\w-]{10,}`,
	String.raw`xapp-[\w-]{10,}`,
	String.raw`npm_\w{30,}`,
	String.raw`pypi-[\w-]{40,}`,
	String.raw`hf_\w{30,}`,
	String.raw`do[opr]_v1_[a-f0-9]{32,}`,
	String.raw`SG\.[\w-]{16,}\.[\w-]{16,}`,
	String.raw`dckr_pat_[\w-]{20,}`,
	String.raw`shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}`,
	String.raw`hv[bs]\.[\w-]{20,}`,
	String.raw`AGE-SECRET-KEY-1[0-9A-Z]{40,}`,
	String.raw`(?:gsk|lin_api|r8|figd|tskey|rnd|pplx|xai|sbp|pat)[_-](?=[\w-]{0,64}\d)[\w-]{30,}`,
	String.raw`AIza[\w-]{30,}`,
	// JSON Web Tokens.
	String.raw`eyJ[\w-]{8,1024}\.eyJ[\w-]{8,8192}\.[\w-]*`,
];

/** Sticky, tried where one of their first parts ends in a way that is rare elsewhere. */
const marks = new RegExp(marked.join('|'), 'y');
/** The last characters of those first parts. */
const endings: readonly string[] = [
	String.raw`(?:sk|xox\w|xapp|gl\w{2,4}|pypi|GOCSPX|SECRET-KEY|tskey|rnd|pplx|xai|sbp|pat)-`,
	String.raw`(?:gh[oprsu]|_pat|shp\w\w|live|test|whsec|npm|hf|_v1|gsk|_api|r8|figd|tskey|rnd|pplx|xai|sbp|\bpat)_`,
	String.raw`(?:ya29|SG|hv[bs])\.`,
	String.raw`A[KS]IA|eyJ|AIz`,
];
/** What stands before `=` and `:` at the end of a name that tells of a secret. */
const nameEnds = String.raw`(?:(?:KEY|OKEN|CRET|WORD|SSWD|PHRASE|NTIAL)[A-Z0-9_]{0,40}|(?:word|swd|[Pp]wd|rase|cret|(?:api|Api|API|cess|vate|ount)[_-]?[Kk]ey|[Tt]oken|tial)s?["']?[ \t]{0,8})`;
/** Where one may stand: the characters are tried for one after the other, and few of them are behind these. */
const signs = new RegExp(
	String.raw`[-_.JAz](?<=${endings.join('|')})|[=:](?<=${nameEnds}[=:])|:\/\/(?=[^\s\/@"']{3,256}@)|(?:[Bb]ear|[Bb]as)(?:er|ic)[ \t]|PRIVATE KEY`,
	'g',
);

/** Where secrets may stand, as far as can be told in passing. */
export function signsIn(text: string): number[] {
	const found: number[] = [];
	signs.lastIndex = 0;
	for (let at = signs.exec(text); at; at = signs.exec(text)) found.push(at.index);
	return found;
}

/** No mark begins further before the end of its first part. */
const longestMark = 16;

const telling = 'KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL';
/** What stands before `=` and `:`, where what is behind it is secret. */
const variable = new RegExp(String.raw`(?:${telling})[A-Z0-9_]{0,40}$`);
const connection = /(?:[Pp]assword|[Pp]wd|[Aa]ccount[Kk]ey|[Ss]hared[Aa]ccess[Kk]ey)$/;
const field =
	/(?:[Pp]asswo?r?d|[Pp]assphrase|[Ss]ecret|[Tt]oken|(?:[Aa]pi|[Aa]ccess|[Pp]rivate)[_-]?[Kk]ey|[Cc]redential)s?["']?[ \t]{0,8}$/;
const setting = /(?:[Pp]assword|[Pp]assphrase)$/;
const longestName = 60;

/** As it stands in a file of settings, a shell or a connection string, where no variable is meant. */
const given =
	/"[^"\r\n]{6,512}"|'[^'\r\n]{6,512}'|(?=[^\s"';,]{0,64}[\d\W_])[^\s"'$(<{[;,&|*][^\s"';,&]{5,512}/y;
/** In quotes: of letters and figures without a gap, so that names of other things are left alone. */
const quoted =
	/[ \t]{0,8}["'](?=[^\s"']{0,64}\d)(?=[^\s"']{0,64}[A-Za-z])[^\s"'$\\(){}[*]{8,512}/y;
const bare =
	/[ \t]{1,8}(?=[^\s"']{0,64}\d)(?=[^\s"']{0,64}[A-Za-z])[^\s"'$\\(){}[*]{8,512}/y;
/** user:password@host; the user may be left out. */
const address = /:\/\/[^\s/:@"']{0,256}:([^\s/@"']{3,256})(?=@)/y;
const header = /(?:[Bb]earer|[Bb]asic)[ \t]{1,8}((?=\S{0,64}\d)[\w.~+/=-]{16,4096})/y;
const keyBegin = /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----/y;
const keyEnd = '-----END ';
const longestKeyBegin = 80;
const longestKey = 16_000;

/** Within a line, of signs that lead to nothing new: whoever prints more of them hides or floods. */
const mostTries = 32;

/** The secrets of a text by their looks, in order. */
export function shapesIn(text: string): Stretch[] {
	const found: Stretch[] = [];
	let reached = 0;
	/** From here on no mark was looked for. */
	let unmarked = 0;
	let lineEnd = -1;
	let tries = 0;
	for (const at of signsIn(text)) {
		if (at > lineEnd) {
			const next = text.indexOf('\n', at);
			lineEnd = next < 0 ? text.length : next;
			tries = 0;
		}
		// A value within a value is a part of it.
		if (tries === mostTries || (text[at] === '=' && at < reached)) continue;
		const isMark = !others.has(text[at] ?? '');
		const stretch = isMark ? markAround(text, at, unmarked) : otherAt(text, at);
		// What begins within a mark is a part of it.
		if (isMark) unmarked = Math.max(unmarked, at, stretch?.[1] ?? 0);
		if (stretch === null || stretch[0] < reached) tries += 1;
		if (stretch === null) continue;
		reached = Math.max(reached, stretch[1]);
		const [from, until] = unquoted(text, stretch);
		if (!covered.test(text.slice(from, until))) found.push([from, until]);
	}
	return found.toSorted(([one], [other]) => one - other);
}

/** The signs of what is no mark. */
const others = new Set('BbP:=');

function otherAt(text: string, at: number): Stretch | null {
	switch (text[at]) {
		case 'B':
		case 'b':
			return match(header, text, at);
		case 'P':
			return keyAround(text, at);
		case ':':
			return text[at + 1] === '/' ? match(address, text, at) : valueBehind(text, at);
		default:
			return valueBehind(text, at);
	}
}

function keyAround(text: string, at: number): Stretch | null {
	const before = Math.max(0, at - longestKeyBegin);
	const begin = text.slice(before, at).lastIndexOf('-----BEGIN ');
	const head = begin < 0 ? null : match(keyBegin, text, before + begin);
	const end = head ? text.indexOf(keyEnd, head[1]) : -1;
	return head && end > head[1] && end - head[1] <= longestKey ? [head[1], end] : null;
}

function markAround(text: string, at: number, unmarked: number): Stretch | null {
	for (let from = Math.max(at - longestMark, unmarked); from < at; from += 1) {
		if (isWordCode(text.charCodeAt(from - 1))) continue;
		const found = match(marks, text, from);
		if (found) return found;
	}
	return null;
}

/** Of letters and figures; a mark does not begin behind one. */
function isWordCode(code: number): boolean {
	return (
		(code >= 0x30 && code <= 0x39) ||
		(code >= 0x41 && code <= 0x5a) ||
		(code >= 0x61 && code <= 0x7a)
	);
}

function valueBehind(text: string, at: number): Stretch | null {
	const before = text.slice(Math.max(0, at - longestName), at);
	const isEqual = text[at] === '=';
	if (isEqual && (variable.test(before) || connection.test(before)))
		return match(given, text, at + 1);
	const value =
		(field.test(before) ? match(quoted, text, at + 1) : null) ??
		(!isEqual && setting.test(before) ? match(bare, text, at + 1) : null);
	return value && withoutLead(text, value);
}

function match(pattern: RegExp, text: string, from: number): Stretch | null {
	pattern.lastIndex = from;
	const found = pattern.exec(text);
	return found && lastGroup(found);
}

/** The group stands at the end of what was found. */
function lastGroup(found: RegExpExecArray): Stretch {
	const whole = found[0];
	const end = found.index + whole.length;
	return [end - (found[1] ?? whole).length, end];
}

function withoutLead(text: string, [start, end]: Stretch): Stretch {
	const lead = /^[ \t]*["']?/.exec(text.slice(start, end))?.[0].length ?? 0;
	return [start + lead, end];
}

/** What was taken out before is none. */
const covered = /^\**$/;

function unquoted(text: string, [start, end]: Stretch): Stretch {
	const quote = text[start];
	const isQuoted = (quote === '"' || quote === "'") && text[end - 1] === quote;
	return isQuoted ? [start + 1, end - 1] : [start, end];
}

/** Nothing that goes on before it. */
const boundary = '(?<![A-Za-z0-9])';

/** What may become a mark: its beginning, at the end of a run of the characters that marks have. */
const openMark = new RegExp(
	`${boundary}(?:${[
		nested('sk-', String.raw`[\w-]*`),
		String.raw`[a-zA-Z]\w{1,9}[_-][\w.-]*`,
		nested('github_pat_', String.raw`\w*`),
		String.raw`A(?:[KS](?:I(?:A[A-Z0-9]*)?)?)?`,
		nested('AIza', String.raw`[\w-]*`),
		String.raw`(?:ya29|SG|hv[bs])(?:\.[\w.-]*)?`,
		nested('eyJ', String.raw`[\w.-]*`),
		'(?:[dehnrswx]|dop?|dck?|ey|g(?:h[oprsu]?|l\\w{0,4}|sk?)?|hf|hv[bs]?|np?m?|py|[rs]k|wh|xo[ax]?|ya?)',
	].join('|')})$`,
);
const markCharacter = /[\w.-]/;

/** What may become one of the others. */
const beginnings: readonly string[] = [
	String.raw`${boundary}[A-Z][A-Z0-9_]{0,64}(?:=(?:"[^"\r\n]*|'[^'\r\n]*|[^\s"';,&]*))?`,
	String.raw`(?:[Pp]ass|[Pp]wd|[Ss]ecret|[Tt]oken|[Kk]ey|[Cc]redential)\w{0,16}["']?[ \t]{0,8}(?:[:=][ \t]{0,8}["']?[^\s"']*)?`,
	String.raw`(?:[Bb]earer|[Bb]asic)[ \t]{1,8}\S*`,
	String.raw`:(?:\/(?:\/[^\s\/@"']*)?)?`,
	String.raw`-{1,5}(?:BEGIN [A-Z0-9 ]*-{0,5})?`,
];

const open = new RegExp(beginnings.map((one) => `(?:${one})$`).join('|'));

/** The mark as far as it goes, and what may follow all of it. */
function nested(mark: string, rest: string): string {
	return Array.from(mark).reduceRight(
		(inner, letter, at) => (at === 0 ? letter + inner : `(?:${letter}${inner})?`),
		rest,
	);
}

/** Where the end of a text may be the beginning of a secret that goes on; its length where nothing is. */
export function openShape(text: string): number {
	const key = text.lastIndexOf('-----BEGIN ');
	if (key >= 0 && isOpenKey(text.slice(key, key + longestKey + 1))) return key;
	const line = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
	const from = Math.max(line, text.length - longestOpen);
	// A pattern that could begin anywhere and has to reach the end would be tried from everywhere.
	let run = text.length;
	while (run > from && markCharacter.test(text[run - 1] ?? '')) run -= 1;
	const ends = [
		...[openMark.exec(text.slice(run))].flatMap((found) =>
			found ? [run + found.index] : [],
		),
		...[open.exec(text.slice(from))].flatMap((found) =>
			found ? [from + found.index] : [],
		),
	];
	return Math.min(text.length, ...ends);
}

/** What there is of a private key whose end has not come, null where none is open. */
export function openKey(text: string): Stretch | null {
	const at = text.lastIndexOf('-----BEGIN ');
	const key = at < 0 ? '' : text.slice(at, at + longestKey + 1);
	const begun = isOpenKey(key) ? /KEY(?: BLOCK)?-----/.exec(key) : null;
	return begun ? [at + begun.index + begun[0].length, text.length] : null;
}

const longestOpen = 2048;

function isOpenKey(text: string): boolean {
	return (
		text.length <= longestKey &&
		/^-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY/.test(text) &&
		!text.includes('-----END ')
	);
}
