package io.otabridge.cli.report;

/** Escapes text for HTML. */
final class Html {

    private Html() {}

    /** Returns a text as the content of an element or of a quoted attribute. Control and invisible characters are visible. */
    static String text(String text) {
        return InventoryReportModel.escaped(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("{{", "{&#123;");
    }
}
