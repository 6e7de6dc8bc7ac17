package org.funkstille.discovery.network;

/** Makes text that somebody else chose harmless: one line of printable ASCII that no terminal and no YAML obeys. */
public final class PlainText {

    private PlainText() {}

    /** Everything that is no printable ASCII becomes a question mark; what is too long is cut and ends with dots. */
    public static String of(String text, int mostCharacters) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), mostCharacters));
        for (int index = 0; index < text.length(); index++) {
            if (plain.length() == mostCharacters) {
                plain.setLength(Math.max(0, mostCharacters - 3));
                return plain.append("...").toString();
            }
            char character = text.charAt(index);
            plain.append(character >= 0x20 && character <= 0x7e ? character : '?');
        }
        return plain.toString();
    }
}
