package org.funkstille.proof.read.iptables;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Hook;

/** The kernel's tables and where they stand ({@code enum nf_ip_hook_priorities}). */
enum Table {
    RAW(-300, Set.of(Hook.PREROUTING, Hook.OUTPUT)),
    MANGLE(-150, Set.of(Hook.PREROUTING, Hook.INPUT, Hook.FORWARD, Hook.OUTPUT, Hook.POSTROUTING)),
    NAT(-100, Set.of(Hook.PREROUTING, Hook.INPUT, Hook.OUTPUT, Hook.POSTROUTING)),
    FILTER(0, Set.of(Hook.INPUT, Hook.FORWARD, Hook.OUTPUT)),
    SECURITY(50, Set.of(Hook.INPUT, Hook.FORWARD, Hook.OUTPUT));

    private static final int SOURCE_TRANSLATION = 100;

    private final int priority;
    /** Made by {@link Set#of}. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Hook> hooks;

    Table(int priority, Set<Hook> hooks) {
        this.priority = priority;
        this.hooks = hooks;
    }

    static Optional<Table> named(String name) {
        return Arrays.stream(values())
                .filter(table -> table.word().equals(name))
                .findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As a path shows a chain: {@code filter FORWARD}, {@code filter6 FORWARD}. */
    String chainName(Family family, String chain) {
        return word() + (family == Family.IPV6 ? "6 " : " ") + chain;
    }

    /** The hook of a chain that the kernel made. */
    Optional<Hook> hook(String chain) {
        return hooks.stream().filter(hook -> hook.name().equals(chain)).findFirst();
    }

    int priority(Hook hook) {
        boolean sources = this == NAT && (hook == Hook.INPUT || hook == Hook.POSTROUTING);
        return sources ? SOURCE_TRANSLATION : priority;
    }
}
