package org.funkstille.guard;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonObject;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.core.verdict.Witness;

/** Verdicts as the command line, the journal and the page have them. */
public final class VerdictJson {

    private VerdictJson() {}

    public static String text(Verdict verdict) {
        return JsonText.of(of(verdict));
    }

    /** {@code {"device","status","grade","at","until","because":[…],"witnesses":[{"kind","says","at","detail"}]}} */
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
        return json.add("because", because).add("witnesses", witnesses);
    }

    private static JsonObject of(Witness witness) {
        return JsonObject.create()
                .add("kind", witness.kind().word())
                .add("says", witness.says().word())
                .add("at", witness.at().toString())
                .add("detail", witness.detail());
    }
}
