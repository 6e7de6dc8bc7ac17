package org.funkstille.core.config;

import java.util.List;
import java.util.function.Predicate;

/** What a value in a configuration file must look like. One description serves the reader and the JSON Schema. */
sealed interface Shape {

    /** What is expected here, for a message: "a MAC address like 78:11:dc:12:34:56". */
    String expected();

    /**
     * Text that passes a test.
     *
     * @param pattern a regular expression for editors; it may let through more than the test
     */
    record Text(String expected, String pattern, Predicate<String> test) implements Shape {}

    /** One of a few words. */
    record Choice(List<String> words) implements Shape {

        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public String expected() {
            return "one of " + String.join(", ", words);
        }
    }

    /** A whole number. */
    record Whole(int least, int most) implements Shape {

        @Override
        public String expected() {
            return "a whole number from " + least + " to " + most;
        }
    }

    /** True or false. */
    record Flag() implements Shape {

        @Override
        public String expected() {
            return "true or false";
        }
    }

    /** A secret by reference: {@code ${NAME}} or {@code {secret: FILE}}. */
    record SecretReference() implements Shape {

        @Override
        public String expected() {
            return "a secret by reference: ${ENV_NAME}, or {secret: FILE} with a file of mode 0600";
        }
    }

    /**
     * A list.
     *
     * @param orOne true where a single item may stand without the brackets
     * @param least how many it has at least
     */
    record Many(Shape item, boolean orOne, int least) implements Shape {

        Many(Shape item, boolean orOne) {
            this(item, orOne, 0);
        }

        @Override
        public String expected() {
            if (orOne) {
                return item.expected() + ", or a list of such";
            }
            return least == 0 ? "a list" : "a list of at least one";
        }
    }

    /** A mapping with known keys. */
    record Section(String title, List<Key> keys) implements Shape {

        public Section {
            keys = List.copyOf(keys);
        }

        @Override
        public String expected() {
            return title;
        }
    }

    /** One key of a section. */
    record Key(String name, Shape shape, boolean required, String description) {}
}
