package org.funkstille.lab.facade.opnsense;

import java.io.IOException;

/** What a command of the interface does. */
@FunctionalInterface
interface Action {

    /** @return what is answered as JSON; {@link Json#NULL} for an empty body */
    Object answer(Call call) throws UserException, IOException, InterruptedException;
}
