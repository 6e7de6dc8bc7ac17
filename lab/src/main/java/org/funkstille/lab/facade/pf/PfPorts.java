package org.funkstille.lab.facade.pf;

/** Ports from {@code first} to {@code last}, both included. */
public record PfPorts(int first, int last) {

    public PfPorts {
        if (first < 0 || last > 0xffff || first > last) {
            throw new IllegalArgumentException("no ports: " + first + ":" + last);
        }
    }

    public static PfPorts of(int port) {
        return new PfPorts(port, port);
    }

    public boolean isOne() {
        return first == last;
    }
}
