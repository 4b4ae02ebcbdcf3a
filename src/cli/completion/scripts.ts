/** The shells that words are completed in. */
export const shells = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof shells)[number];

export function isShell(name: string): name is Shell {
  return shells.some((shell) => shell === name);
}

/*
 * What each shell does at the Tab key: it hands what was typed to `usermedia complete` and offers
 * the answer. Nothing of the answer is evaluated: the names of devices come from outside.
 */

// Bash splits words at colons and equal signs too; readline replaces the last piece alone.
const bash = `# Completion of usermedia in bash: source <(usermedia completion bash)
_usermedia() {
  local rest="\${COMP_LINE:0:COMP_POINT}" piece value description i
  local words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    piece="\${COMP_WORDS[i]}"
    if ((i == 0)) || [[ "$rest" == [[:space:]]* ]]; then
      rest="\${rest#"\${rest%%[![:space:]]*}"}"
      words+=("")
    fi
    ((i == COMP_CWORD)) && piece="$rest"
    words[\${#words[@]}-1]+="$piece"
    rest="\${rest#"$piece"}"
  done
  local current="\${words[\${#words[@]}-1]}" files="" prefix=""
  [[ "$current" == *[:=]* ]] && prefix="\${current%"\${current##*[:=]}"}"
  COMPREPLY=()
  while IFS=$'\\t' read -r value description; do
    case "$value" in
      :files) files=f ;;
      :folders) files=d ;;
      "$current"*) COMPREPLY+=("\${value#"$prefix"}") ;;
    esac
  done < <(usermedia complete -- "\${words[@]:1}" 2>/dev/null)
  if [[ -z "$files" ]]; then
    # What is no file's name is quoted here: it may hold what the shell would run.
    for i in "\${!COMPREPLY[@]}"; do printf -v COMPREPLY[i] %q "\${COMPREPLY[i]}"; done
    return
  fi
  while IFS= read -r value; do
    COMPREPLY+=("\${value#"$prefix"}")
  done < <(compgen -"$files" -- "$current")
  compopt -o filenames 2>/dev/null
}
complete -F _usermedia usermedia
`;

const zsh = `#compdef usermedia
# Completion of usermedia in zsh: source <(usermedia completion zsh), after compinit
_usermedia() {
  local line files="" tab=$'\\t'
  local -a found
  for line in "\${(@f)$(usermedia complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}"; do
    case "$line" in
      "") ;;
      :files) files=all ;;
      :folders) files=folders ;;
      *)
        line="\${line//:/\\\\:}"
        found+=("\${line/$tab/:}")
        ;;
    esac
  done
  (( $#found )) && _describe -t words usermedia found
  case "$files" in
    all) _files ;;
    folders) _files -/ ;;
  esac
}
if [ "$funcstack[1]" = _usermedia ]; then _usermedia "$@"; else compdef _usermedia usermedia; fi
`;

const fish = `# Completion of usermedia in fish: usermedia completion fish | source
function __usermedia_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    for line in (usermedia complete -- $words "$current" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path "$current"
            case :folders
                __fish_complete_directories "$current"
            case '*'
                printf '%s\\n' $line
        end
    end
end
complete -c usermedia -f -a '(__usermedia_complete)'
`;

/** By the name of the shell. */
export const completionScripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
