package org.funkstille.proof.read;

import java.util.List;

/** Reads one syntax. What it does not understand becomes an unknown match or an unclear action, never nothing. */
public interface RuleSetReader {

    /**
     * @param rules the saved rule set; more than one text where the system saves its families apart
     * @throws ReadingException where a text is not of the syntax at all, is cut off, or could not be in force
     */
    RuleSetReading read(List<SourceText> rules, Surroundings surroundings) throws ReadingException;
}
