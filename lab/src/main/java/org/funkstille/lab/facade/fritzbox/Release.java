package org.funkstille.lab.facade.fritzbox;

/** A version of FRITZ!OS. */
public enum Release {
    /** The last of the seventh generation for a while; what the service descriptions were taken from. */
    OS_7_29(7, 29, 92051),
    /** Has a REST interface of its own for its pages, and tells more of a host over TR-064. */
    OS_8_20(8, 20, 117975);

    /** What stands before the version on a 7590. */
    private static final int MODEL = 154;

    private final int major;
    private final int minor;
    private final int build;

    Release(int major, int minor, int build) {
        this.major = major;
        this.minor = minor;
        this.build = build;
    }

    /** {@code 154.07.29}. */
    public String display() {
        return "%d.%02d.%02d".formatted(MODEL, major, minor);
    }

    String systemVersion() {
        return """
                <systemVersion>
                <HW>226</HW>
                <Major>%d</Major>
                <Minor>%d</Minor>
                <Patch>%d</Patch>
                <Buildnumber>%d</Buildnumber>
                <Display>%s</Display>
                </systemVersion>
                """.formatted(MODEL, major, minor, build, display());
    }

    int build() {
        return build;
    }

    boolean hasRest() {
        return this == OS_8_20;
    }
}
