package io.otabridge.cli;

import io.otabridge.cli.error.Suggestion;
import io.vavr.collection.List;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Describes invalid arguments in plain words, in place of the parser's messages.
 *
 * @param why the reason
 * @param advice a suggestion, terminated by a space; empty if there is none
 */
record InvalidArguments(String why, String advice) {

    /** The parser's messages, and the words in place of them. */
    private static final Map<Pattern, String> WORDINGS = wordings(
            "Missing required parameters?: .*'<B>'.*",
            "give two backends: ota diff A B",
            "(?:Error: )?Missing required (?:argument|parameter|option)[^:']*: \\((.*)\\)",
            "one is required, but missing: $1",
            "(?:Error: )?Missing required (?:argument|parameter|option)[^:']*: (.*)",
            "required, but missing: $1",
            "(?:Missing required|Expected) parameter for (?:option )?'?([^' ]+)'?.*",
            "$1 needs a value",
            "Error: (.*) are mutually exclusive.*",
            "these exclude each other: $1",
            "option '([^']+)' .*should be specified only once",
            "$1 is given more than once",
            "Invalid value for option '([^']+)'(?: \\(.*?\\))?: (.*)",
            "$1: $2",
            "Invalid value for positional parameter at index \\S+ \\((.*?)\\): (.*)",
            "$1: $2");

    private static Map<Pattern, String> wordings(String... pairs) {
        Map<Pattern, String> wordings = new LinkedHashMap<>();
        for (int index = 0; index < pairs.length; index += 2) {
            wordings.put(Pattern.compile(pairs[index], Pattern.DOTALL), pairs[index + 1]);
        }
        return wordings;
    }

    static InvalidArguments of(ParameterException invalid) {
        CommandSpec command = invalid.getCommandLine().getCommandSpec();
        // It would be the one option that is missing, which is then the parser's message.
        if (command.findOption("--firmware-version") != null
                && List.ofAll(invalid.getCommandLine().getUnmatchedArguments())
                        .exists(argument -> argument.split("=", 2)[0].equals("--version"))) {
            return new InvalidArguments(
                    command.qualifiedName() + " has no option --version", "Did you mean --firmware-version? ");
        }
        if (invalid instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (String.valueOf(invalid.getMessage()).contains("(specify one of these)")) {
            return new InvalidArguments("give " + missingAlternatives(invalid.getCommandLine()), "");
        }
        // The value of an option with an optional value is a mistyped option.
        return String.valueOf(invalid.getValue()).startsWith("--")
                ? unknownOption(invalid.getCommandLine().getCommandSpec(), invalid.getValue())
                : new InvalidArguments(why(invalid), "");
    }

    /** Names the arguments of each group of alternatives of which none is given. */
    private static String missingAlternatives(CommandLine command) {
        ParseResult given = command.getParseResult();
        return List.ofAll(command.getCommandSpec().argGroups())
                .filter(group -> group.multiplicity().min() > 0)
                .filter(group -> List.ofAll(group.allOptionsNested()).forAll(option -> !given.hasMatchedOption(option))
                        && List.ofAll(group.allPositionalParametersNested())
                                .forAll(positional -> positional.stringValues().isEmpty()))
                .map(InvalidArguments::alternatives)
                .mkString(", and ");
    }

    private static String alternatives(ArgGroupSpec group) {
        List<String> names = List.ofAll(group.args())
                .map(InvalidArguments::name)
                .sorted()
                .appendAll(List.ofAll(group.subgroups())
                        .map(together -> List.ofAll(together.args())
                                .filter(ArgSpec::required)
                                .map(InvalidArguments::name)
                                .mkString(" and ")));
        String last = names.last();
        return names.init().mkString(", ") + (last.contains(" and ") ? ", or " : " or ") + last;
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static InvalidArguments unmatched(UnmatchedArgumentException invalid) {
        CommandSpec command = invalid.getCommandLine().getCommandSpec();
        String first = invalid.getUnmatched().get(0);
        if (first.startsWith("-") && first.length() > 1) {
            return unknownOption(command, first);
        }
        if (!command.subcommands().isEmpty()) {
            List<String> names = List.ofAll(command.subcommands().values())
                    .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
                    .map(sub -> sub.getCommandName());
            String why = "there is no command \"" + first + "\"";
            String option = "--" + first;
            return command.findOption(option) != null
                            && Suggestion.closest(first, names).isEmpty()
                    ? new InvalidArguments(why, "Did you mean " + command.qualifiedName() + " " + option + "? ")
                    : suggesting(why, first, names);
        }
        return new InvalidArguments(
                "the argument \"" + first + "\" is one too many",
                command.name().equals("doctor") ? "Did you mean --backend " + first + "? " : "");
    }

    private static InvalidArguments unknownOption(CommandSpec command, String argument) {
        String name = argument.split("=", 2)[0];
        List<String> names = List.ofAll(command.options())
                .flatMap(option -> List.of(option.names()))
                .filter(option -> option.startsWith("--"));
        return suggesting(command.qualifiedName() + " has no option " + name, name, names);
    }

    private static InvalidArguments suggesting(String why, String typed, List<String> names) {
        return new InvalidArguments(why, Suggestion.question(typed, names));
    }

    private static String why(ParameterException invalid) {
        String message = String.valueOf(invalid.getMessage());
        for (Map.Entry<Pattern, String> wording : WORDINGS.entrySet()) {
            Matcher parsers = wording.getKey().matcher(message);
            if (parsers.matches()) {
                return parsers.replaceFirst(wording.getValue())
                        .replaceAll("'(-[^']*|<[^']*>)'", "$1")
                        .replace(" | ", " or ")
                        .replace("), (", ", and ");
            }
        }
        return message;
    }
}
