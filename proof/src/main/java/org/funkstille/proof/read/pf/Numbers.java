package org.funkstille.proof.read.pf;

import java.util.OptionalInt;

/** Numbers as pf writes them: decimal, or hexadecimal behind {@code 0x}. */
final class Numbers {

    private Numbers() {}

    /** Nothing where it is no number from 0 to the largest one. */
    static OptionalInt parse(String text, int largest) {
        boolean hexadecimal = text.startsWith("0x");
        String digits = hexadecimal ? text.substring(2) : text;
        boolean plain = !digits.isEmpty()
                && digits.length() <= 9
                && digits.chars().allMatch(digit -> digit < 128 && Character.digit(digit, hexadecimal ? 16 : 10) >= 0);
        if (!plain) {
            return OptionalInt.empty();
        }
        long number = Long.parseLong(digits, hexadecimal ? 16 : 10);
        return number <= largest ? OptionalInt.of((int) number) : OptionalInt.empty();
    }
}
