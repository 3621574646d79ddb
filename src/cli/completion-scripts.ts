// Completion of verbs, flags, names of agents and items of the inbox, as scripts for three shells. Only
// names and items are asked of weir when a key is pressed.
import { flagsOf } from './arguments.ts';
import type { Verb } from './verb.ts';

type Verbs = Readonly<Record<string, Verb>>;

export const completionScripts: Readonly<Record<string, (verbs: Verbs) => string>> = {
	bash: bashScript,
	zsh: zshScript,
	fish: fishScript,
};

function bashScript(verbs: Verbs): string {
	return `# weir completions for bash: source <(weir completions bash)
_weir() {
	local word=\${COMP_WORDS[COMP_CWORD]} verb=\${COMP_WORDS[1]} words=
	if ((COMP_CWORD == 1)); then
		words='${Object.keys(verbs).join(' ')}'
	elif [[ $word == -* ]]; then
		case $verb in
${rowsOf(verbs, (name, flags) => `\t\t${name}) words='${flags.join(' ')}' ;;`)}
		esac
	else
		case $verb in
		${namers(verbs).join(' | ')}) words=$(weir list --names 2>/dev/null) ;;
${wordsFirst(verbs, (name, words) => `\t\t${name}) words="${words.join(' ')} $(weir list --names 2>/dev/null)" ;;`)}
		${answerers(verbs).join(' | ')}) ((COMP_CWORD == 2)) && words=$(weir inbox --ids --all 2>/dev/null) ;;
		help) words='${Object.keys(verbs).join(' ')}' ;;
		esac
	fi
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -o default -F _weir weir
`;
}

function zshScript(verbs: Verbs): string {
	const rows = Object.entries(verbs).map(
		([name, { summary }]) => `\t\t${quote(`${name}:${summary}`)}`,
	);
	return `#compdef weir
# weir completions for zsh: source <(weir completions zsh)
_weir() {
	local -a verbs names
	verbs=(
${rows.join('\n')}
	)
	if ((CURRENT == 2)); then
		_describe verb verbs
		return
	fi
	if [[ $words[CURRENT] == -* ]]; then
		case $words[2] in
${rowsOf(verbs, (name, flags) => `\t\t${name}) compadd -- ${flags.join(' ')} ;;`)}
		esac
		return
	fi
	case $words[2] in
	${namers(verbs).join(' | ')})
		names=(\${(f)"$(weir list --names 2>/dev/null)"})
		compadd -a names
		;;
${wordsFirst(verbs, (name, words) => `\t${name})\n\t\tnames=(${words.join(' ')} \${(f)"$(weir list --names 2>/dev/null)"})\n\t\tcompadd -a names\n\t\t;;`)}
	${answerers(verbs).join(' | ')})
		names=(\${(f)"$(weir inbox --ids --all 2>/dev/null)"})
		((CURRENT == 3)) && compadd -a names
		;;
	help) _describe verb verbs ;;
	*) _files ;;
	esac
}
compdef _weir weir
`;
}

function fishScript(verbs: Verbs): string {
	const names = Object.keys(verbs).join(' ');
	const lines = Object.entries(verbs).flatMap(([name, verb]) => [
		`complete -c weir -n "not __fish_seen_subcommand_from ${names}" -f -a ${name} -d ${quote(verb.summary)}`,
		...Object.entries(flagsOf(verb)).map(
			([flag, { type, help }]) =>
				`complete -c weir -n "__fish_seen_subcommand_from ${name}" -l ${flag}${type === 'boolean' ? '' : ' -r'} -d ${quote(help)}`,
		),
	]);
	return `# weir completions for fish: weir completions fish | source
${lines.join('\n')}
complete -c weir -n "__fish_seen_subcommand_from ${namers(verbs).join(' ')}" -f -a "(weir list --names 2>/dev/null)"
${wordsFirst(verbs, (name, words) => `complete -c weir -n "__fish_seen_subcommand_from ${name}" -f -a "${words.join(' ')} (weir list --names 2>/dev/null)"`)}
complete -c weir -n "__fish_seen_subcommand_from ${answerers(verbs).join(' ')}" -f -a "(weir inbox --ids --all 2>/dev/null)"
`;
}

function rowsOf(verbs: Verbs, row: (name: string, flags: string[]) => string): string {
	return Object.entries(verbs)
		.map(([name, verb]) =>
			row(
				name,
				Object.keys(flagsOf(verb)).map((flag) => `--${flag}`),
			),
		)
		.join('\n');
}

/** Verbs whose first argument is an agent. */
function namers(verbs: Verbs): string[] {
	return verbsOn(verbs, /^\[?AGENT/).filter((name) => !verbs[name]?.words);
}

/** Of verbs whose first argument is an agent or a word of theirs. */
function wordsFirst(
	verbs: Verbs,
	row: (name: string, words: readonly string[]) => string,
): string {
	return Object.entries(verbs)
		.flatMap(([name, { words }]) => (words ? [row(name, words)] : []))
		.join('\n');
}

/** Verbs whose first argument is an item of the inbox. */
function answerers(verbs: Verbs): string[] {
	return verbsOn(verbs, /^ID/);
}

function verbsOn(verbs: Verbs, first: RegExp): string[] {
	return Object.entries(verbs)
		.filter(([, { usage }]) => first.test(usage))
		.map(([name]) => name);
}

function quote(text: string): string {
	return `'${text.replaceAll("'", `'\\''`)}'`;
}
