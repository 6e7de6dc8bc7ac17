package org.funkstille.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceGapsTest {

    private final SequenceGaps gaps = new SequenceGaps();

    @Test
    void gap_isCountedOnce() {
        gaps.numbered(0);
        gaps.numbered(5);

        assertThat(gaps.afterMessages(0)).isEqualTo(4);
        assertThat(gaps.afterMessages(0)).isZero();
    }

    @Test
    void numbers_thatWrapAround_leaveNoGap() {
        gaps.numbered(0);
        gaps.afterMessages(0);
        gaps.numbered(0x7fff_ffff);
        gaps.numbered(0xffff_fffeL);
        gaps.afterMessages(0);
        gaps.numbered(0xffff_ffffL);
        gaps.numbered(0);

        assertThat(gaps.afterMessages(0)).isZero();
    }

    @Test
    void lossAtTheEnd_isToldAtLeast_andMadeExactByTheNextPacket() {
        gaps.numbered(0);
        gaps.afterMessages(0);
        gaps.afterDrained(2); // two datagrams dropped, of 64 packets each

        assertThat(gaps.isOwing()).isTrue();
        assertThat(gaps.afterSilence()).isEqualTo(2);
        assertThat(gaps.isOwing()).isFalse();

        gaps.numbered(129);

        assertThat(gaps.afterMessages(2)).isEqualTo(126);
        assertThat(gaps.isOwing()).isFalse();
    }

    @Test
    void overrunWithoutDrop_isOneLostEvent_elsewhere() {
        DroppedDatagrams dropped = new DroppedDatagrams();
        dropped.overrun();
        assertThat(dropped.afterDrained(3)).isEqualTo(3);

        dropped.overrun();

        assertThat(dropped.afterDrained(3)).isEqualTo(1);
        assertThat(dropped.afterDrained(3)).isZero();
    }
}
