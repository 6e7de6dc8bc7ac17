package org.funkstille.lab.facade.pf;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.core.net.Addresses;

/** What pfctl(8) makes of {@code antispoof for} an interface (FreeBSD sbin/pfctl/parse.y). */
public final class PfAntispoof {

    private PfAntispoof() {}

    /** @param identifier of all of them; 0: none */
    public static List<PfRule> rules(PfInterface of, boolean log, long identifier) {
        List<PfRule> result = new ArrayList<>();
        for (PfInterface.Address address : of.addresses()) {
            result.add(PfRule.block(PfRule.Direction.IN)
                    .log(log)
                    .notOn(of.name())
                    .from(PfHost.of(address.network().toString()))
                    .identifier(identifier)
                    .build());
        }
        for (PfInterface.Address address : of.addresses()) {
            result.add(PfRule.block(PfRule.Direction.IN)
                    .log(log)
                    .from(PfHost.of(Addresses.text(address.address())))
                    .identifier(identifier)
                    .build());
        }
        return result;
    }
}
