package org.funkstille.routers.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.funkstille.core.router.Caveat;
import org.junit.jupiter.api.Test;

final class LinuxCaveatsTest {

    @Test
    void routerThatCanDoEverything_hasNoCaveats() {
        assertThat(new LinuxCaveats(false, true, true, true, true, true).list()).isEmpty();
    }

    @Test
    void flowOffload_takesTheProofOfAClosedWindowAway() {
        assertThat(kinds(new LinuxCaveats(true, true, true, true, true, true)))
                .containsExactly(Caveat.Kind.FLOW_OFFLOAD);
    }

    @Test
    void withoutTracking_thereAreNoBytesToCountEither() {
        assertThat(kinds(new LinuxCaveats(false, false, false, true, true, true)))
                .containsExactly(Caveat.Kind.NO_TRACKING);
    }

    @Test
    void everyOtherLack_isNamedByItself() {
        assertThat(kinds(new LinuxCaveats(false, true, false, false, false, false)))
                .containsExactly(
                        Caveat.Kind.NO_ACCOUNTING,
                        Caveat.Kind.NO_RESERVATIONS,
                        Caveat.Kind.NOT_SAVED,
                        Caveat.Kind.LOSSES_NOT_COUNTED);
    }

    private static Iterable<Caveat.Kind> kinds(LinuxCaveats caveats) {
        return caveats.list().stream().map(Caveat::kind).toList();
    }
}
