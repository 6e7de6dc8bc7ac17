package org.funkstille.lab.device;

/** A device that phones home. */
public sealed interface Caller permits Gateway, Vacuum {

    /** Makes it stop calling, as if it had no reason to. Connections end within an interval. */
    void pausePhoning();

    void resumePhoning();

    /** How it sees its own calls. */
    CallCount calls();
}
