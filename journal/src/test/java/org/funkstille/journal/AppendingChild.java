package org.funkstille.journal;

import java.nio.file.Path;

/** A process of its own that appends without end and says how many it has committed. */
final class AppendingChild {

    static final int BATCH = 50;

    private AppendingChild() {}

    public static void main(String[] arguments) {
        try (Journal journal = Journal.open(Path.of(arguments[0]), Sample.SETTINGS, Sample.CLOCK)) {
            for (int batch = 1; !System.out.checkError(); batch++) {
                journal.append(Sample.attempts(Sample.NOON.plusSeconds(batch), "gateway", BATCH));
                System.out.println(batch * BATCH);
            }
        }
    }
}
