package org.funkstille.lab.facade.fritzbox;

import java.util.Optional;
import java.util.UUID;
import org.funkstille.lab.facade.fritzbox.tr064.SoapFault;

/** The confirmation of a change by somebody who stands before the box (AVM, "X_AVM-DE_Auth"). */
final class SecondFactor {

    /** An allowed value of {@code State}; the text of each is its name in lower case. */
    enum State {
        DISABLED,
        STOPPED,
        WAITINGFORAUTH,
        AUTHENTICATED,
        BLOCKED,
        ANOTHERAUTHPROCESS
    }

    private final Options options;
    private Optional<String> token = Optional.empty();
    private boolean confirmed;

    SecondFactor(Options options) {
        this.options = options;
    }

    boolean enabled() {
        return options.has(Quirk.SECOND_FACTOR);
    }

    State state() {
        if (!enabled()) {
            return State.DISABLED;
        }
        if (options.has(Quirk.SECOND_FACTOR_BLOCKED)) {
            return State.BLOCKED;
        }
        if (options.has(Quirk.SECOND_FACTOR_BUSY)) {
            return State.ANOTHERAUTHPROCESS;
        }
        if (token.isEmpty()) {
            return State.STOPPED;
        }
        return confirmed ? State.AUTHENTICATED : State.WAITINGFORAUTH;
    }

    /** Begins to wait for the button. */
    void start() {
        if (state() == State.STOPPED || state() == State.AUTHENTICATED) {
            token = Optional.of(UUID.randomUUID().toString());
            confirmed = false;
        }
    }

    void stop() {
        token = Optional.empty();
        confirmed = false;
    }

    /** Empty where nothing was begun. */
    String token() {
        return token.orElse("");
    }

    void pressButton() {
        confirmed = token.isPresent();
    }

    /** @throws SoapFault where a change must not be made with this token, or without one */
    void demand(Optional<String> shown) throws SoapFault {
        switch (state()) {
            case DISABLED -> {}
            case BLOCKED -> throw SoapFault.secondFactorBlocked();
            case ANOTHERAUTHPROCESS -> throw SoapFault.secondFactorBusy();
            case AUTHENTICATED -> {
                if (!shown.equals(token)) {
                    throw SoapFault.secondFactorRequired();
                }
            }
            case STOPPED, WAITINGFORAUTH -> throw SoapFault.secondFactorRequired();
        }
    }
}
