package org.funkstille.bench.proof;

import java.util.List;

/** What a made-up rule asks of a packet. */
sealed interface Part {

    record ComesFrom(String mac) implements Part {}

    record In(String interfaceName) implements Part {}

    record Out(String interfaceName) implements Part {}

    /** @param prefix {@code 192.0.2.0/24} */
    record Source(String prefix) implements Part {}

    /** @param prefix {@code 192.0.2.0/24} */
    record Destination(String prefix) implements Part {}

    /** @param protocol {@code tcp} or {@code udp} */
    record Ports(String protocol, List<Integer> ports) implements Part {
        public Ports {
            ports = List.copyOf(ports);
        }
    }

    /** The destination is in the {@link PrefixTable}. */
    record InTable() implements Part {}

    record Answers() implements Part {}
}
