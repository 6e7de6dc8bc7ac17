package org.funkstille.lab.router;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * A systemd service that is enabled, as far as the boot of the virtual router must understand it (systemd.unit(5),
 * systemd.service(5)).
 *
 * @param before the units that wait for it
 * @param commands each with the program first
 */
record BootUnit(String name, List<String> before, List<List<String>> commands) {

    private static final String UNITS = "etc/systemd/system";

    /** Units of which a symbolic link stands in a {@code .wants} directory, by name. */
    static List<BootUnit> enabled(Path root) throws IOException {
        Path directory = root.resolve(UNITS);
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> wants = Files.newDirectoryStream(directory, "*.wants")) {
            for (Path want : wants) {
                try (DirectoryStream<Path> units = Files.newDirectoryStream(want, "*.service")) {
                    units.forEach(unit -> names.add(unit.getFileName().toString()));
                }
            }
        } catch (NoSuchFileException nothingEnabled) {
            return List.of();
        }
        List<BootUnit> units = new ArrayList<>();
        for (String name : names) {
            Path file = directory.resolve(name); // the link's target is a path as the router itself sees it
            if (Files.isRegularFile(file)) {
                units.add(parse(name, Files.readAllLines(file)));
            }
        }
        return units;
    }

    static BootUnit parse(String name, List<String> lines) {
        List<String> before = new ArrayList<>();
        List<List<String>> commands = new ArrayList<>();
        for (String line : joined(lines)) {
            int equals = line.indexOf('=');
            String key = equals < 0 ? "" : line.substring(0, equals).strip();
            String value = line.substring(equals + 1).strip();
            switch (key) {
                case "Before" -> before.addAll(Arrays.asList(value.split("\\s+")));
                case "ExecStart" -> commands.add(arguments(value));
                default -> {}
            }
        }
        return new BootUnit(name, List.copyOf(before), List.copyOf(commands));
    }

    boolean runsBefore(String target) {
        return before.contains(target);
    }

    /** A backslash at the end continues a line. */
    private static List<String> joined(List<String> lines) {
        return String.join("\n", lines).replaceAll("\\\\\n\\s*", " ").lines().toList();
    }

    /** Splits at blanks that stand in no quotes; the prefixes {@code - @ : + !} of the program are dropped. */
    private static List<String> arguments(String value) {
        List<String> result = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean inWord = false;
        for (char c : value.replaceFirst("^[-@:+!]+", "").toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    result.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            result.add(word.toString());
        }
        return List.copyOf(result);
    }
}
