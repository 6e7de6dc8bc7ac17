package org.funkstille.evidence;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** Reads lines of bounded length until the stream ends, and says that it did. */
final class LineReader {

    private static final int LONGEST = 4096;

    private final Outlet outlet;
    private final LineReading reading;
    private final InstantSource clock;

    LineReader(Outlet outlet, LineReading reading, InstantSource clock) {
        this.outlet = outlet;
        this.reading = reading;
        this.clock = clock;
    }

    void read(InputStream stream) {
        try {
            lines(new BufferedInputStream(stream));
            outlet.ended(clock.instant(), "the router's output ended");
        } catch (IOException failure) {
            outlet.ended(clock.instant(), "the router's output broke off: " + failure.getMessage());
        }
    }

    private void lines(BufferedInputStream stream) throws IOException {
        byte[] line = new byte[LONGEST];
        int length = 0;
        for (int octet = stream.read(); octet >= 0; octet = stream.read()) {
            if (octet != '\n') {
                if (length < LONGEST) {
                    line[length] = (byte) octet;
                }
                length = Math.min(length + 1, LONGEST + 1);
                continue;
            }
            accept(line, length);
            length = 0;
        }
        if (length > 0) {
            accept(line, length);
        }
    }

    private void accept(byte[] line, int length) {
        if (length > LONGEST) {
            outlet.accept(Decoded.MALFORMED);
        } else if (length > 0) {
            outlet.accept(reading.read(new String(line, 0, length, StandardCharsets.UTF_8), clock.instant()));
        }
    }
}
