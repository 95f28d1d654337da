# Completion of therapyinfo for PowerShell. It asks the program, which knows the names of its knowledge.

Register-ArgumentCompleter -Native -CommandName therapyinfo -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $Env:_THERAPYINFO_COMPLETE = "complete_powershell"
    $Env:_TYPER_COMPLETE_ARGS = $commandAst.ToString()
    $Env:_TYPER_COMPLETE_WORD_TO_COMPLETE = $wordToComplete
    try {
        therapyinfo | ForEach-Object {
            $value, $description = $_ -Split ":::", 2
            [System.Management.Automation.CompletionResult]::new(
                $value, $value, 'ParameterValue', $description)
        }
    } finally {
        Remove-Item Env:_THERAPYINFO_COMPLETE, Env:_TYPER_COMPLETE_ARGS
        Remove-Item Env:_TYPER_COMPLETE_WORD_TO_COMPLETE -ErrorAction SilentlyContinue
    }
}
