package org.funkstille.guard;

import java.time.Instant;
import java.util.Map;
import org.funkstille.core.router.Observation;
import org.funkstille.core.verdict.RuleProof;
import org.funkstille.routers.SavedRules;

/** Where the proofs of restricted devices come from. */
interface ProofSource {

    /**
     * @param saved the rules in force
     * @param observation of the same router at about the same time
     * @return of each restricted device, by its name
     */
    Map<String, RuleProof> prove(SavedRules saved, Observation observation, Instant at) throws InterruptedException;
}
