package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.facade.pf.PfAddress;

/** {@code /api/firewall/alias_util}: what is in the tables of pf (opnsense/core, AliasUtilController.php). */
final class TableApi {

    private static final int USUAL_PAGE = 9999;

    private final Box box;

    TableApi(Box box) {
        this.box = box;
    }

    void routes(Routes routes) {
        routes.put("firewall/alias_util/aliases", _ -> names());
        routes.put("firewall/alias_util/list", this::list);
        routes.put("firewall/alias_util/add", this::add);
        routes.put("firewall/alias_util/delete", this::delete);
        routes.put("firewall/alias_util/flush", this::flush);
        routes.put("firewall/alias_util/find_references", this::references);
    }

    private Object names() {
        return box.pf().tables().names().stream()
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
    }

    private List<String> entries(String table) {
        return box.pf().tables().entries(table).orElse(List.of()).stream()
                .map(PfAddress.Net::toString)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private Object list(Call call) {
        String words = call.value("searchPhrase").orElse("");
        List<String> found = entries(call.parameter(0).orElse("")).stream()
                .filter(entry -> entry.contains(words))
                .toList();
        int size = Search.number(call, "rowCount", USUAL_PAGE);
        int page = Search.number(call, "current", 1);
        List<Map<String, Object>> rows = found.stream()
                .skip(Math.max(0, (long) (page - 1) * size))
                .limit(size < 0 ? Long.MAX_VALUE : size)
                .map(entry -> Json.object("ip", entry))
                .toList();
        return Json.object("total", found.size(), "rowCount", size, "current", page, "rows", rows);
    }

    private static Map<String, Object> failed() {
        return Json.object("status", "failed");
    }

    private Object add(Call call) throws UserException, IOException, InterruptedException {
        Optional<String> posted = call.isPost() ? call.value("address") : Optional.empty();
        if (posted.isEmpty()) {
            return failed();
        }
        String address = posted.get();
        if (!address.matches("[0-9a-f:./_]*")) {
            return Json.object("status", "not_an_address"); // upper case is not one either
        }
        String name = call.parameter(0).orElse("");
        Optional<Item> alias = box.configuration().aliasNames().find(name);
        if (alias.isEmpty() && !AliasNames.BUILT_IN.contains(name)) {
            Map<String, Object> answer = failed();
            answer.put("status_msg", "non existing alias " + name);
            return answer;
        }
        if (alias.filter(TableApi::isStatic).isPresent()) {
            List<String> content = new ArrayList<>(AliasModel.entries(alias.get()));
            String entry = alias.get().get("type").equals("network") ? withMask(address) : address;
            if (!content.contains(entry)) {
                content.add(entry);
                write(alias.get(), content);
            }
        }
        List<PfAddress.Net> entry =
                PfAddress.Net.tryParse(address).map(List::of).orElse(List.of());
        if (!box.isPretending()) {
            box.pf().tables().add(name, entry);
        }
        return Json.object("status", "done");
    }

    private Object delete(Call call) throws UserException, IOException, InterruptedException {
        Optional<String> posted = call.isPost() ? call.value("address") : Optional.empty();
        if (posted.isEmpty()) {
            return failed();
        }
        String name = call.parameter(0).orElse("");
        Optional<Item> alias = box.configuration().aliasNames().find(name).filter(TableApi::isStatic);
        if (alias.isPresent()) {
            List<String> content = new ArrayList<>(AliasModel.entries(alias.get()));
            if (content.removeAll(List.of(withMask(posted.get()), posted.get()))) {
                write(alias.get(), content);
            }
        }
        if (!box.isPretending()) {
            box.pf()
                    .tables()
                    .delete(
                            name,
                            PfAddress.Net.tryParse(posted.get()).map(List::of).orElse(List.of()));
        }
        return Json.object("status", "done");
    }

    private Object flush(Call call) throws IOException, InterruptedException {
        if (!call.isPost()) {
            return failed();
        }
        String name = call.parameter(0).orElse("");
        if (!box.isPretending() && box.pf().tables().entries(name).isPresent()) {
            box.pf().tables().replace(name, List.of());
        }
        return Json.object("status", "done");
    }

    /** Of these the configuration is changed with the table. */
    private static boolean isStatic(Item alias) {
        return List.of("host", "network").contains(alias.get("type"));
    }

    private static String withMask(String address) {
        return address.contains("/") ? address : address + (address.contains(":") ? "/128" : "/32");
    }

    private void write(Item alias, List<String> content) throws UserException {
        box.configuration().aliases().put(alias.with("content", String.join("\n", content)));
        box.configuration().save();
    }

    private Object references(Call call) {
        Optional<String> ip = call.isPost() ? call.value("ip") : Optional.empty();
        if (ip.isEmpty()) {
            return Json.object("status", "IP parameter not specified!");
        }
        if (!ip.get().matches("[0-9a-f:./_]+") || Addresses.tryParse(ip.get()).isEmpty()) {
            return Json.object("status", "Not an IP address!");
        }
        List<String> found = new ArrayList<>();
        for (String table : box.pf().tables().names()) {
            boolean holds = box.pf().tables().entries(table).orElse(List.of()).stream()
                    .anyMatch(entry -> entry.prefix().contains(Addresses.parse(ip.get())));
            if (holds) {
                found.add(table);
            }
        }
        return Json.object("status", "ok", "matches", found);
    }
}
