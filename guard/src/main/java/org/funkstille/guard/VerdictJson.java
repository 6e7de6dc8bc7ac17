package org.funkstille.guard;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonObject;
import org.funkstille.core.verdict.RuleProof;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.core.verdict.Witness;

/** Verdicts as the command line, the journal and the page have them. */
public final class VerdictJson {

    private VerdictJson() {}

    public static String text(Verdict verdict) {
        return JsonText.of(of(verdict));
    }

    /**
     * {@code {"device","status","grade","at","until","strength","residual":[{"kind","rule","close"}],"holdsUntil",
     * "because":[…],"witnesses":[{"kind","says","at","detail"}]}}; what is not known is left out.
     */
    public static JsonObject of(Verdict verdict) {
        JsonArray because = JsonArray.create();
        verdict.because().forEach(because::add);
        JsonArray witnesses = JsonArray.create();
        verdict.witnesses().forEach(witness -> witnesses.add(of(witness)));
        JsonObject json = JsonObject.create()
                .add("device", verdict.device())
                .add("status", verdict.status().word())
                .add("grade", verdict.grade().word())
                .add("at", verdict.at().toString());
        verdict.until().ifPresent(until -> json.add("until", until.toString()));
        verdict.proof().filter(RuleProof::decided).ifPresent(proof -> add(json, proof));
        return json.add("because", because).add("witnesses", witnesses);
    }

    private static void add(JsonObject json, RuleProof proof) {
        proof.strength().ifPresent(strength -> json.add("strength", strength.word()));
        JsonArray residual = JsonArray.create();
        proof.residual()
                .forEach(way -> residual.add(JsonObject.create()
                        .add("kind", way.kind())
                        .add("rule", way.rule())
                        .add("close", way.close())));
        json.add("residual", residual);
        proof.holdsUntil().ifPresent(until -> json.add("holdsUntil", until.toString()));
    }

    private static JsonObject of(Witness witness) {
        return JsonObject.create()
                .add("kind", witness.kind().word())
                .add("says", witness.says().word())
                .add("at", witness.at().toString())
                .add("detail", witness.detail());
    }
}
