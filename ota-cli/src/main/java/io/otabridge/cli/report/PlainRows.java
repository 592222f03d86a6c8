package io.otabridge.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The packages as a table for browsers without JavaScript. */
final class PlainRows {

    /** More packages would double the size of a large page. */
    private static final int MAX = 1_000;

    private static final String[] COLUMNS = {
        "product", "backend", "id", "target", "version", "name", "kind", "verification", "size", "created", "age"
    };

    private PlainRows() {}

    /** Returns the first rows, with the keys of {@link InventoryReportModel} as classes. */
    static String of(ObjectNode model) {
        StringBuilder rows = new StringBuilder();
        JsonNode packages = model.path("packages");
        for (int row = 0; row < Math.min(packages.size(), MAX); row++) {
            rows.append("<tr>");
            for (String column : COLUMNS) {
                JsonNode value = packages.get(row).path(column);
                rows.append("<td>")
                        .append(value.isNull() ? "–" : Html.text(value.asText()))
                        .append("</td>");
            }
            rows.append("</tr>\n");
        }
        return rows + (packages.size() > MAX ? "<tr><td colspan=\"11\">and more packages</td></tr>\n" : "");
    }
}
