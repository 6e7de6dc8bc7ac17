package org.funkstille.routers.pfsense;

import java.util.Optional;

/**
 * What a program printed, taken out of an answer before the rest is read as JSON: the library gives up on a text of more
 * than 100000 characters (avaje-json 3.8, {@code JParser}), and a rule set is longer.
 *
 * @param json without it
 * @param output as it was printed; absent where the answer is short, or has none
 */
record LongOutput(String json, Optional<String> output) {

    private static final int SHORT = 32_768;

    /** A quotation mark within a JSON text has a backslash before it, so this can only be the member's name. */
    private static final String NAME = "\"output\":";

    static LongOutput of(String json) {
        int name = json.length() > SHORT ? json.indexOf(NAME) : -1;
        if (name < 0 || name + NAME.length() >= json.length()) {
            return new LongOutput(json, Optional.empty());
        }
        int begin = name + NAME.length();
        while (begin < json.length() && json.charAt(begin) == ' ') {
            begin++;
        }
        int end = json.charAt(begin) == '"' ? end(json, begin + 1) : -1;
        if (end < 0) {
            return new LongOutput(json, Optional.empty());
        }
        return new LongOutput(
                json.substring(0, begin + 1) + json.substring(end), Optional.of(plain(json.substring(begin + 1, end))));
    }

    /** Where the closing quotation mark is; negative where the answer ends before it. */
    private static int end(String json, int from) {
        int at = from;
        while (at < json.length() && json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return at < json.length() ? at : -1;
    }

    /** RFC 8259, section 7. */
    private static String plain(String escaped) {
        StringBuilder plain = new StringBuilder(escaped.length());
        int at = 0;
        while (at < escaped.length()) {
            int backslash = escaped.indexOf('\\', at);
            if (backslash < 0 || backslash + 1 >= escaped.length()) {
                plain.append(escaped, at, escaped.length());
                break;
            }
            plain.append(escaped, at, backslash);
            char letter = escaped.charAt(backslash + 1);
            boolean number = letter == 'u' && backslash + 6 <= escaped.length();
            plain.append(number ? numbered(escaped.substring(backslash + 2, backslash + 6)) : shorthand(letter));
            at = backslash + (number ? 6 : 2);
        }
        return plain.toString();
    }

    private static char numbered(String digits) {
        return digits.matches("[0-9a-fA-F]{4}") ? (char) Integer.parseInt(digits, 16) : '?';
    }

    private static char shorthand(char letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> letter;
        };
    }
}
