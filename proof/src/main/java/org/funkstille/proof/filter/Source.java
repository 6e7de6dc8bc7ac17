package org.funkstille.proof.filter;

/**
 * Where a rule stands and how the router says it, so that an owner finds it again.
 *
 * @param place the file and line, or the table and handle
 * @param text the rule in the router's own words
 * @param remark the comment, label or description that its owner gave it; may be empty
 */
public record Source(String place, String text, String remark) {

    @Override
    public String toString() {
        return remark.isEmpty() || text.contains(remark) ? text : text + " # " + remark;
    }
}
