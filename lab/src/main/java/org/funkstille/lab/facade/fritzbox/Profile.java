package org.funkstille.lab.facade.fritzbox;

/**
 * An access profile of the parental control.
 *
 * @param id {@code filtprof1}
 * @param denied true where its devices never have internet
 * @param timetable when its devices have internet; shown and kept, not acted on
 */
record Profile(String id, String name, boolean denied, String timetable) {

    /** What a device has that nobody chose a profile for. */
    static final String STANDARD = "filtprof1";

    /** Of an owner who uses the feature. */
    static final Profile BEDTIME = new Profile("filtprof5", "Kinder", false, "Mo-So 06:00-20:00");

    static final Profile DENIED = new Profile("filtprof4", "Gesperrt", true, "");
}
