package org.funkstille.lab.facade.opnsense;

import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A line of the filter log, with names for its fields (opnsense/core, scripts/filter/read_log.py). */
final class LogRecord {

    private static final String GENERAL = "rulenr,subrulenr,anchorname,rid,interface,reason,action,dir,ipversion";
    private static final String IPV4 = GENERAL + ",tos,ecn,ttl,id,offset,ipflags,protonum,protoname,length,src,dst";
    private static final String IPV6 = GENERAL + ",class,flow,hoplimit,protoname,protonum,length,src,dst";
    private static final String UDP = ",srcport,dstport,datalen";
    private static final String TCP = ",srcport,dstport,datalen,tcpflags,seq,ack,urp,tcpopts";

    private LogRecord() {}

    /**
     * @param now for the year, which the line does not have
     * @param descriptions of rules, by their labels
     */
    static Map<String, Object> of(String line, ZonedDateTime now, Map<String, String> descriptions) {
        String[] parts = line.split(" filterlog[^:]*: ", 2);
        List<String> values = Arrays.asList(parts[parts.length - 1].split(",", -1));
        List<String> names = names(values);
        Map<String, Object> record = Json.object();
        for (int at = 0; at < Math.min(names.size(), values.size()); at++) {
            record.put(names.get(at), values.get(at));
        }
        List<String> head = new ArrayList<>(Arrays.asList(parts[0].split(" +")));
        record.put("__spec__", names);
        record.put("__digest__", Md5.of(line));
        record.put("__host__", head.getLast());
        record.put("__timestamp__", timestamp(head.subList(0, head.size() - 1), now));
        record.put("label", descriptions.getOrDefault(String.valueOf(record.get("rid")), ""));
        return record;
    }

    private static List<String> names(List<String> values) {
        boolean six = values.size() > 8 && values.get(8).equals("6");
        String names = six ? IPV6 : IPV4;
        int place = six ? 13 : 15;
        String protocol = values.size() > place ? values.get(place) : "";
        String more = switch (protocol) {
            case "6" -> TCP;
            case "17" -> UDP;
            default -> "";
        };
        return Arrays.asList((names + more).split(","));
    }

    private static String timestamp(List<String> words, ZonedDateTime now) {
        DateTimeFormatter format = new DateTimeFormatterBuilder()
                .appendPattern("MMM d HH:mm:ss")
                .parseDefaulting(ChronoField.YEAR, now.getYear())
                .toFormatter(Locale.ROOT);
        LocalDateTime time = LocalDateTime.parse(String.join(" ", words), format);
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }
}
