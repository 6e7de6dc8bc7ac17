package org.funkstille.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How labs come and go. */
class LabLifeTest {

    private final String name = TestLabs.newName();
    private final String otherName = TestLabs.newName();

    @BeforeEach
    void assumeRoot() throws Exception {
        TestLabs.assumeRoot();
    }

    @AfterEach
    void sweep() throws Exception {
        Lab.sweep(name);
        Lab.sweep(otherName);
    }

    @Test
    void twoLabsLiveSideBySideAndLeaveNothing() throws Exception {
        try (Lab other = Lab.up(otherName)) {
            Process left;
            try (Lab lab = Lab.up(name)) {
                assertThat(lab.hub().awaitReports(1, Duration.ofSeconds(5))).isTrue();
                assertThat(other.hub().awaitReports(1, Duration.ofSeconds(5))).isTrue();
                left = new ProcessBuilder("ip", "netns", "exec", name + "-phone", "sleep", "600").start();
            }
            await().atMost(Duration.ofSeconds(3)).until(() -> !left.isAlive());
            TestLabs.assertNothingIsLeftOf(name);
            assertThat(other.hub().awaitReports(2, Duration.ofSeconds(5))).isTrue();
        }
        TestLabs.assertNothingIsLeftOf(otherName);
    }

    @Test
    void noThreadOfThisProcessStaysInALabsNamespace() throws Exception {
        try (Lab lab = Lab.up(name)) {
            lab.router().restart();
            lab.exec("phone", "true");
        }
        // A thread would keep the namespace alive, unseen, and all that it starts later would stand in there.
        await().atMost(Duration.ofSeconds(3))
                .until(() -> TestLabs.namespacesOfOwnThreads().size() == 1);
    }

    @Test
    void aNameThatIsInUseIsRefusedAndItsLabGoesOn() throws Exception {
        try (Lab lab = Lab.up(name)) {
            assertThatThrownBy(() -> Lab.up(name))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("already up");
            assertThatThrownBy(() -> new LabControl(name).down())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("belongs to process");
            assertThat(lab.hub().awaitReports(1, Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void aDaemonTellsItsStateRunsProgramsAndGoesWhenAsked() throws Exception {
        LabControl control = new LabControl(name);
        assertThat(control.status().phase()).isEqualTo(LabStatus.Phase.DOWN);
        LabStatus status = control.up();
        assertThat(status.phase()).isEqualTo(LabStatus.Phase.UP);
        assertThat(status.details().orElseThrow().extract("hosts.gateway.mac")).isEqualTo("78:11:dc:12:34:56");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> control.status().details().orElseThrow().extract("hub.reports", 0L) > 1);
        assertThat(control.exec("hub", List.of("sh", "-c", "exit 7"))).isEqualTo(7);
        assertThat(control.down()).isTrue();
        TestLabs.assertNothingIsLeftOf(name);
        assertThat(control.down()).isFalse();
    }

    @Test
    void aDaemonThatWasKilledIsSweptAway() throws Exception {
        LabControl control = new LabControl(name);
        ProcessHandle daemon = ProcessHandle.of(control.up().pid()).orElseThrow();
        daemon.destroyForcibly();
        await().atMost(Duration.ofSeconds(5)).until(() -> control.status().phase() == LabStatus.Phase.DEAD);
        assertThat(TestLabs.processesOf(name)).isNotEmpty();
        Lab.sweep(name);
        TestLabs.assertNothingIsLeftOf(name);
    }
}
