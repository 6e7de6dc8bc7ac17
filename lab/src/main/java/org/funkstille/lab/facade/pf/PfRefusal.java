package org.funkstille.lab.facade.pf;

/** pf does not take a rule set; what was loaded before goes on. The message is of the form that pfctl(8) prints. */
public final class PfRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    PfRefusal(String message) {
        super(message);
    }
}
