package org.funkstille.lab.facade.pf;

/**
 * A rule that is at work.
 *
 * @param number its place, as {@code pfctl -vvsr} prints it behind {@code @}
 * @param serial by which packets, states and counters name it; not 0, 16 bits, another one after each load
 * @param rule without lists
 * @param text as {@code pfctl -sr} prints it
 */
public record LoadedRule(int number, int serial, PfRule rule, String text) {

    String counter(String kind) {
        return kind + serial;
    }
}
