# Completion of therapyinfo for bash. It asks the program, which knows the names of its knowledge.

_therapyinfo() {
    local IFS=$'\n'
    # The program offers plain words alone, so that nothing is left to split or to expand.
    # Values are plain words, and the bash of macOS has no mapfile.
    # shellcheck disable=SC2207
    COMPREPLY=($(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD="$COMP_CWORD" \
        _THERAPYINFO_COMPLETE=complete_bash therapyinfo 2>/dev/null))
}

complete -o default -F _therapyinfo therapyinfo
