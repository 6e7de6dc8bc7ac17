package org.funkstille.lab.facade.http;

/** What may go wrong with a request. */
public sealed interface Fault {

    /** The request does nothing and is answered with this, for example 503. */
    record Answer(WebAnswer answer) implements Fault {}

    /** The request does nothing and is not answered, until {@link Faults#clear} or the server's end cuts it off. */
    record Hang() implements Fault {}

    /** The request does what it asks for, but the connection is cut within the body of the answer. */
    record HalfAnAnswer() implements Fault {}

    /** The request is answered as if it had been done, and is not. */
    record OkAndDoNothing() implements Fault {}

    /** @param body shown as plain text */
    static Fault status(int status, String body) {
        return new Answer(WebAnswer.of(status, "text/plain", body));
    }
}
