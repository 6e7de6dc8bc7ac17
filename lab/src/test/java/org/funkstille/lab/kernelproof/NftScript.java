package org.funkstille.lab.kernelproof;

/** A whole random rule set in nft's own syntax. */
final class NftScript {

    private NftScript() {}

    static String random(Chance chance) {
        boolean tracked = chance.percent(70);
        int tables = chance.among(1, 1, 2, 3);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tables; i++) {
            String family =
                    chance.among("inet", "inet", "inet", "ip", "ip6", i == 0 || chance.percent(60) ? "inet" : "netdev");
            text.append(new NftTable(chance, family, tracked).text("t" + i));
        }
        return text.toString();
    }
}
