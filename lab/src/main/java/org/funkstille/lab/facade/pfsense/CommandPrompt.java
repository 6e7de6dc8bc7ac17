package org.funkstille.lab.facade.pfsense;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.lab.facade.pf.Pf;

/**
 * {@code diagnostics/command_prompt}: a shell as root, of which this knows what has to do with the packet filter. Standard
 * error counts as output, as RESTAPI/Core/Command.inc adds {@code 2>&1}.
 */
final class CommandPrompt {

    private final Pf pf;
    private final Neighbours neighbours;
    private final BoxTime time;

    CommandPrompt(Pf pf, Neighbours neighbours, BoxTime time) {
        this.pf = pf;
        this.neighbours = neighbours;
        this.time = time;
    }

    /** @param exit the program's exit code; the shell's 127 where there is none of that name */
    record Result(int exit, String output) {}

    Result run(String command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(command.strip().split("\\s+")));
        words.replaceAll(word -> word.replaceAll("^['\"]|['\"]$", ""));
        String program = words.removeFirst();
        return switch (program.substring(program.lastIndexOf('/') + 1)) {
            case "pfctl" -> pfctl(words);
            case "ndp" ->
                words.equals(List.of("-an")) || words.equals(List.of("-na")) ? ok(neighbours.ndp()) : unknown(command);
            case "date" -> date(words, command);
            case "cat" -> cat(words, command);
            case "true" -> ok("");
            default -> unknown(command);
        };
    }

    private Result date(List<String> words, String command) {
        return switch (String.join(" ", words)) {
            case "" -> ok(time.date() + "\n");
            case "+%Z" -> ok(time.zoneAbbreviation() + "\n");
            case "+%z" -> ok(time.zoneOffset() + "\n");
            case "+%s" -> ok(time.unixSecond() + "\n");
            default -> unknown(command);
        };
    }

    private Result cat(List<String> words, String command) {
        return switch (String.join(" ", words)) {
            case "/tmp/rules.debug" -> ok(pf.ruleset().text());
            case "/var/db/zoneinfo" -> ok(time.clock().zone().getId() + "\n");
            case "/etc/version" -> ok(SystemInformation.VERSION + "\n");
            default -> unknown(command);
        };
    }

    private Result pfctl(List<String> words) throws IOException, InterruptedException {
        String options = String.join(" ", words);
        if (words.size() >= 2 && words.getFirst().equals("-k")) {
            return kill(words);
        }
        if (words.size() == 4 && words.get(0).equals("-t") && words.get(2).equals("-T")) {
            return table(words.get(1), words.get(3));
        }
        return switch (options) {
            case "-sr", "-s rules" -> ok(pf.printing().rules());
            case "-vvsr", "-vv -sr", "-vvs rules" -> ok(pf.printing().rulesWithCounters());
            case "-sn", "-s nat" -> ok(pf.printing().translations());
            case "-ss", "-s states" -> ok(pf.printing().states());
            case "-vvss", "-vv -ss", "-vvs states" -> ok(pf.printing().statesInDetail());
            case "-sT", "-s Tables" -> ok(pf.printing().tables());
            case "-F states" -> {
                pf.states().flush();
                yield ok("states cleared\n");
            }
            default -> new Result(1, "usage: pfctl [-AdeghMmNnOPqRSrvz] [-a anchor] [-D macro=value] [-F modifier]\n");
        };
    }

    private Result table(String name, String command) {
        if (!command.equals("show")) {
            return new Result(1, "pfctl: unsupported here: -T " + command + "\n");
        }
        return pf.printing()
                .table(name)
                .map(CommandPrompt::ok)
                .orElseGet(() -> new Result(255, "pfctl: Table does not exist.\n"));
    }

    /** {@code -k SOURCE}, {@code -k SOURCE -k DESTINATION}, {@code -k label -k LABEL}, {@code -k id -k ID[/CREATOR]}. */
    private Result kill(List<String> words) throws IOException, InterruptedException {
        boolean pair = words.size() == 4 && words.get(2).equals("-k");
        if (words.size() != 2 && !pair) {
            return new Result(1, "pfctl: invalid arguments\n");
        }
        String first = words.get(1);
        if (pair && first.equals("label")) {
            return ok("killed " + pf.states().killLabelled(words.get(3)) + " states\n");
        }
        if (pair && first.equals("id")) {
            String id = words.get(3).split("/")[0];
            int killed = pf.states().kill(state -> state.idText().equals(id));
            return ok("killed " + killed + " states\n");
        }
        Optional<Prefix> source = prefix(first);
        Optional<Prefix> destination = pair ? prefix(words.get(3)) : Optional.empty();
        if (source.isEmpty() || (pair && destination.isEmpty())) {
            return new Result(1, "pfctl: getaddrinfo: Name does not resolve\n");
        }
        int killed = destination.isPresent()
                ? pf.states().killBetween(source.get(), destination.get())
                : pf.states().killFrom(source.get());
        return ok("killed %d states from 1 sources and %d destinations\n".formatted(killed, pair ? 1 : 0));
    }

    private static Optional<Prefix> prefix(String text) {
        return Prefix.tryParse(text)
                .or(() ->
                        Addresses.tryParse(text).map(address -> new Prefix(address, address.getAddress().length * 8)));
    }

    private static Result ok(String output) {
        return new Result(0, output.stripTrailing());
    }

    private static Result unknown(String command) {
        return new Result(127, "sh: " + command.split(" ")[0] + ": not found");
    }
}
