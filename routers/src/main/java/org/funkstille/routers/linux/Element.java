package org.funkstille.routers.linux;

/**
 * An element of one of our sets.
 *
 * @param set the set's name
 * @param key as nft prints it, JSON
 * @param chain for a verdict map, the chain it leads to; else empty
 * @param device whose it is
 */
record Element(String set, String key, String chain, String device) {

    /** For an add command. */
    String json() {
        String element = "{\"elem\":{\"val\":" + key + ",\"comment\":\"" + Table.MARK + device + "\"}}";
        return chain.isEmpty() ? element : "[" + element + "," + NftJson.goTo(chain) + "]";
    }

    /** For a delete command, which wants the key alone. */
    String jsonKey() {
        return chain.isEmpty() ? key : "[" + key + "," + NftJson.goTo(chain) + "]";
    }
}
