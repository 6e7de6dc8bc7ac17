package org.funkstille.lab.facade.pf;

import java.util.Arrays;
import java.util.List;

/**
 * The source or the destination of a rule.
 *
 * @param addresses none: any
 */
public record PfHost(boolean negated, List<PfAddress> addresses) {

    public static final PfHost ANY = new PfHost(false, List.of());

    public PfHost {
        addresses = List.copyOf(addresses);
    }

    public static PfHost of(PfAddress... addresses) {
        return new PfHost(false, Arrays.asList(addresses));
    }

    /**
     * Addresses and prefixes as text.
     *
     * @throws IllegalArgumentException where one is neither
     */
    public static PfHost of(String... literals) {
        return new PfHost(
                false,
                Arrays.stream(literals)
                        .map(text -> (PfAddress) PfAddress.Net.tryParse(text)
                                .orElseThrow(() -> new IllegalArgumentException("no address: " + text)))
                        .toList());
    }

    public static PfHost table(String name) {
        return of(new PfAddress.Table(name));
    }

    public PfHost not() {
        return new PfHost(!negated, addresses);
    }

    public boolean isAny() {
        return addresses.isEmpty();
    }
}
