# Completion of therapyinfo for fish. It asks the program, which knows the names of its knowledge.

function __therapyinfo_values
    env _THERAPYINFO_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=get-args \
        _TYPER_COMPLETE_ARGS=(commandline -cp | string collect) therapyinfo 2>/dev/null
end

function __therapyinfo_takes_a_file
    set -l words (commandline -opc)
    contains -- $words[-1] --data -o --output; or contains -- "$words[2]" check new
end

complete --command therapyinfo --no-files --arguments "(__therapyinfo_values)"
complete --command therapyinfo --force-files --condition __therapyinfo_takes_a_file
