package io.otabridge.cli.command;

import io.otabridge.cli.error.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion script. */
@Command(
        name = "completion",
        description = {
            "Prints a completion script for bash and zsh. It completes names of backends and products from the"
                    + " configuration, and sends nothing.",
            "To use it: source <(ota completion), now or in ~/.bashrc; in zsh run 'autoload -U bashcompinit;"
                    + " bashcompinit' before."
        })
public final class CompletionCommand implements Callable<Integer> {

    /** Completes names of the configuration, which {@code ota complete} prints, and leaves the rest to the script before. */
    private static final String NAMES = """

            # Completes names of backends and products from the configuration; nothing is sent.
            function _complete_ota_names() {
              local word="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" before= kind= lead= config= name= i
              local command= option=
              [ "$COMP_CWORD" -lt 2 ] || before="${COMP_WORDS[COMP_CWORD-2]}"
              if [ "$word" = "=" ]; then word=; elif [ "$previous" = "=" ]; then previous=$before; fi
              # Bash separates --config=FILE into three words, zsh does not.
              for (( i = 1; i < COMP_CWORD; i++ )); do
                case "$option ${COMP_WORDS[i]}" in
                  *" =") ;;
                  " --config="*) config="${COMP_WORDS[i]#*=}" ;;
                  " --config"|" --backend"|" --output"|" -o") option="${COMP_WORDS[i]}" ;;
                  " -"*) ;;
                  " "*) command="${command:-${COMP_WORDS[i]}}" ;;
                  *) [ "$option" != --config ] || config="${COMP_WORDS[i]}"
                    option= ;;
                esac
              done
              case "$previous" in
                --backend) kind=backends ;;
                --backends) kind=backends lead="${word%"${word##*,}"}" ;;
                --product) kind=products ;;
                -*) ;;
                *) case "$command $previous $before" in
                    "diff diff "*|"diff "*" diff") kind=backends ;;
                  esac ;;
              esac
              if [ -z "$kind" ] || [ "${word#-}" != "$word" ]; then
                _complete_ota "$@"
                return
              fi
              COMPREPLY=()
              while IFS= read -r name; do
                [ -z "$name" ] || case "$lead$name" in
                  "$word"*) COMPREPLY+=("$lead$(printf %q "$name")") ;;
                esac
              done <<< "$("${COMP_WORDS[0]/#\\~/$HOME}" complete "$kind" ${config:+--config "$config"} 2>/dev/null </dev/null)"
            }
            complete -F _complete_ota_names -o default ota
            """;

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public CompletionCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        root.environment().out().print(AutoComplete.bash("ota", spec.root().commandLine()) + NAMES);
        return ExitCode.FOUND;
    }
}
