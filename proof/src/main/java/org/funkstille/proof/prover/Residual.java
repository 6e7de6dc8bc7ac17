package org.funkstille.proof.prover;

import org.funkstille.proof.filter.Source;

/**
 * A way out that every factory configuration has and an honest device does not use.
 *
 * @param rule the rule that opens it, in the router's own words
 * @param close what the owner can do about it
 */
public record Residual(Kind kind, Source rule, String close) {

    public enum Kind {
        ICMPV6_ERRORS("icmpv6-errors"),
        ROUTER_ADMIN("router-admin"),
        ANSWERS_TO_INBOUND("answers-to-inbound");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As the command line's JSON has it. */
        public String word() {
            return word;
        }
    }
}
