package org.funkstille.lab.facade.opnsense;

/** What OPNsense answers with status 500 to tell its user something. */
final class UserException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String title;

    UserException(String title, String message) {
        super(message);
        this.title = title;
    }

    String title() {
        return title;
    }
}
