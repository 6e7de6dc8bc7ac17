package org.funkstille.lab.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A process, named so that no other is taken for it: process ids are used again, the pair of id and start time is not.
 *
 * @param startTicks field 22 of {@code /proc/<pid>/stat} (proc_pid_stat(5)), clock ticks since boot
 */
public record RunningProcess(long pid, long startTicks) {

    private static final int STATE_FIELD = 0;
    private static final int START_FIELD = 19;

    /** The process that has this id now; nothing where there is none, or only its exit status is left. */
    public static Optional<RunningProcess> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The second field, the program's name, may contain blanks and parentheses: count behind the last one.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean ended = fields[STATE_FIELD].equals("Z") || fields[STATE_FIELD].equals("X");
            return ended ? Optional.empty() : Optional.of(new RunningProcess(pid, Long.parseLong(fields[START_FIELD])));
        } catch (IOException noSuchProcess) {
            return Optional.empty();
        }
    }

    public static RunningProcess self() {
        return of(ProcessHandle.current().pid()).orElseThrow();
    }

    /** As {@link #toString()} writes it. */
    public static RunningProcess parse(String text) {
        String[] parts = text.strip().split(" ");
        return new RunningProcess(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    public boolean alive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** Asks it to end, and ends it where it does not in time. Does nothing where it has ended already. */
    public void end(Duration patience) throws InterruptedException {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid).filter(process -> alive());
        if (handle.isEmpty()) {
            return;
        }
        handle.get().destroy();
        if (!endsWithin(patience)) {
            handle.get().destroyForcibly();
            endsWithin(Duration.ofSeconds(2));
        }
    }

    private boolean endsWithin(Duration patience) throws InterruptedException {
        return Waiting.until(() -> !alive(), patience);
    }

    @Override
    public String toString() {
        return pid + " " + startTicks;
    }
}
